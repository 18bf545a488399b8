#pragma once

#include "ui/ModelFacts.h"
#include "ui/prompt/HeardPrompt.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace n2m::ui {

class CompletionList;

/// A text field for a prompt. Text beyond the model's limit is struck through. Tab leaves it, and while one types, a
/// list completes words. GUI thread.
class PromptEdit : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PromptEdit(QWidget* parent = nullptr);

    /// Called a moment after each change, on the GUI thread; none: nothing is counted.
    void setTokenCounter(TokenCounter counter);
    const TokenCount& tokenCount() const { return m_count; }
    /// Called at each key that writes, on the GUI thread; none: nothing is completed.
    void setCompleter(PhraseCompleter completer);

    /// Sets the number of lines that are shown; longer text scrolls.
    void setLines(int lines);
    /// Replaces the text; can be undone, unlike setPlainText().
    void replaceText(const QString& text);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void counted();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void count();
    void offerCompletions();
    void complete(const QString& phrase);

    TokenCounter m_counter;
    TokenCount m_count;
    QTimer m_delay;
    PhraseCompleter m_completer;
    CompletionList* m_completions;
    int m_replaced = 0; ///< number of characters before the caret that a completion replaces
    int m_lines = 3;
};

} // namespace n2m::ui
