#include "ui/prompt/PromptEdit.h"

#include "ui/prompt/CompletionList.h"
#include "ui/style/Theme.h"

#include <QKeyEvent>
#include <QTextBlock>

namespace n2m::ui {

PromptEdit::PromptEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_completions(new CompletionList(*this)) {
    m_completions->setParent(this);
    m_completions->hide();
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_completions, &CompletionList::phraseChosen, this, &PromptEdit::complete);
    m_delay.setSingleShot(true);
    m_delay.setInterval(80);
    connect(&m_delay, &QTimer::timeout, this, &PromptEdit::count);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { m_delay.start(); });
}

void PromptEdit::setTokenCounter(TokenCounter counter) {
    m_counter = std::move(counter);
    count();
}

void PromptEdit::setCompleter(PhraseCompleter completer) {
    m_completer = std::move(completer);
    m_completions->hide();
}

void PromptEdit::setLines(int lines) {
    m_lines = lines;
    updateGeometry();
}

void PromptEdit::replaceText(const QString& text) {
    if (text == toPlainText()) return;
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(text);
    moveCursor(QTextCursor::End);
}

QSize PromptEdit::sizeHint() const {
    const int text = m_lines * fontMetrics().lineSpacing();
    const int around = qRound(2 * document()->documentMargin()) + 2 * frameWidth() + 10; // 10: the style's padding
    return {240, text + around};
}

QSize PromptEdit::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void PromptEdit::count() {
    m_count = m_counter ? m_counter(toPlainText()) : TokenCount();
    QList<QTextEdit::ExtraSelection> marks;
    if (m_count.cutAt >= 0) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(std::min(m_count.cutAt, document()->characterCount() - 1));
        mark.cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        mark.format.setForeground(themeColours().dimmed);
        mark.format.setFontStrikeOut(true);
        marks << mark;
    }
    setExtraSelections(marks);
    Q_EMIT counted();
}

bool PromptEdit::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (m_completions->wants(*key)) {
            if (event->type() == QEvent::KeyPress) m_completions->handle(*key);
            key->accept(); // or the key would be a shortcut of the window
            return true;
        }
    }
    return QPlainTextEdit::event(event);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
    const bool open = m_completions->isVisible();
    const int before = document()->revision();
    QPlainTextEdit::keyPressEvent(event);
    const bool writes = document()->revision() != before && !event->matches(QKeySequence::Paste) &&
                        !event->matches(QKeySequence::Undo) && !event->matches(QKeySequence::Redo);
    const bool erases = event->key() == Qt::Key_Backspace || event->key() == Qt::Key_Delete;
    if (writes && (open || !erases))
        offerCompletions();
    else if (event->key() != Qt::Key_Shift) // as in "R&B"
        m_completions->hide();
}

void PromptEdit::inputMethodEvent(QInputMethodEvent* event) {
    QPlainTextEdit::inputMethodEvent(event);
    if (!event->commitString().isEmpty()) offerCompletions();
}

void PromptEdit::focusOutEvent(QFocusEvent* event) {
    m_completions->hide();
    QPlainTextEdit::focusOutEvent(event);
}

void PromptEdit::mousePressEvent(QMouseEvent* event) {
    m_completions->hide();
    QPlainTextEdit::mousePressEvent(event);
}

void PromptEdit::offerCompletions() {
    if (!m_completer) return;
    const QTextCursor caret = textCursor();
    const QString line = caret.block().text();
    const qsizetype at = caret.positionInBlock();
    Completions found;
    // In the middle of a word, its end would remain behind the completion.
    if (at == line.size() || !line[at].isLetterOrNumber()) found = m_completer(line.left(at));
    m_replaced = found.replaced;
    m_completions->offer(found.phrases, cursorRect().translated(viewport()->pos()));
}

void PromptEdit::complete(const QString& phrase) {
    QTextCursor caret = textCursor();
    caret.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, m_replaced);
    caret.insertText(phrase);
    setTextCursor(caret);
}

} // namespace n2m::ui
