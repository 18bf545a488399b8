#pragma once

#include "ui/ModelFacts.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace n2m::ui {

/// A text field for a prompt. Text beyond the model's limit is struck through. Tab leaves it. GUI thread.
class PromptEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PromptEdit(QWidget* parent = nullptr);

    /// Called a moment after each change, on the GUI thread; none: nothing is counted.
    void setTokenCounter(TokenCounter counter);
    const TokenCount& tokenCount() const { return m_count; }

    /// Sets the number of lines that are shown; longer text scrolls.
    void setLines(int lines);
    /// Replaces the text; can be undone, unlike setPlainText().
    void replaceText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void counted();

private:
    void count();

    TokenCounter m_counter;
    TokenCount m_count;
    QTimer m_delay;
    int m_lines = 3;
};

} // namespace n2m::ui
