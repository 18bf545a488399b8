#pragma once

#include <QWidget>

class QLabel;

namespace n2m::ui {

/// A line of text with a button; hidden while the text is empty. GUI thread.
class ActionLine : public QWidget {
    Q_OBJECT

public:
    explicit ActionLine(const QString& button, QWidget* parent = nullptr);

    /// Shows a text, cut to the room there is; the tool tip has all of it. Empty: hides the line.
    void say(const QString& text);

Q_SIGNALS:
    void clicked();

private:
    QLabel* m_text;
};

} // namespace n2m::ui
