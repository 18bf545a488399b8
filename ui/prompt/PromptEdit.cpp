#include "ui/prompt/PromptEdit.h"

#include "ui/style/Theme.h"

#include <QTextBlock>

namespace n2m::ui {

PromptEdit::PromptEdit(QWidget* parent)
    : QPlainTextEdit(parent) {
    setTabChangesFocus(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_delay.setSingleShot(true);
    m_delay.setInterval(80);
    connect(&m_delay, &QTimer::timeout, this, &PromptEdit::count);
    connect(this, &QPlainTextEdit::textChanged, this, [this] { m_delay.start(); });
}

void PromptEdit::setTokenCounter(TokenCounter counter) {
    m_counter = std::move(counter);
    count();
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

} // namespace n2m::ui
