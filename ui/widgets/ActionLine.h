#pragma once

#include <QWidget>

class QLabel;

namespace n2m::ui {

/// A line that says something, and a button that does something about it; hidden while there is nothing to say. GUI
/// thread.
class ActionLine : public QWidget {
    Q_OBJECT

public:
    explicit ActionLine(const QString& button, QWidget* parent = nullptr);

    /// Cut where there is no room; the tool tip has all of it. Empty: hidden.
    void say(const QString& text);

Q_SIGNALS:
    void clicked();

private:
    QLabel* m_text;
};

} // namespace n2m::ui
