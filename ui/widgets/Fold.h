#pragma once

#include <QWidget>

class QToolButton;

namespace n2m::ui {

/// A heading that shows or hides the content below it. GUI thread.
class Fold : public QWidget {
    Q_OBJECT

public:
    /// Owns `content`.
    Fold(const QString& title, QWidget* content, QWidget* parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);

Q_SIGNALS:
    void toggled(bool open);

private:
    QToolButton* m_button;
    QWidget* m_content;
};

} // namespace n2m::ui
