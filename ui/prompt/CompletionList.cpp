#include "ui/prompt/CompletionList.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace n2m::ui {

CompletionList::CompletionList(QWidget& field)
    : m_field(field) {
    setObjectName("completions");
    setAccessibleName(tr("Completions"));
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    hide();
    connect(this, &QListWidget::itemClicked, this, &CompletionList::choose);
}

void CompletionList::offer(const QStringList& phrases, const QRect& caret) {
    if (phrases.isEmpty()) return hide();
    QWidget* window = m_field.window();
    if (parentWidget() != window) setParent(window);
    clear();
    addItems(phrases);
    setCurrentRow(-1);
    ensurePolished();
    const int around = 2 * frameWidth();
    const QSize size(sizeHintForColumn(0) + around + 16, sizeHintForRow(0) * count() + around);
    QPoint place = m_field.mapTo(window, caret.bottomLeft()) + QPoint(0, 4);
    place.setX(std::clamp(place.x(), 0, std::max(0, window->width() - size.width())));
    setGeometry({place, size});
    show();
    raise();
}

bool CompletionList::wants(const QKeyEvent& key) const {
    if (isHidden() || (key.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier) return false;
    switch (key.key()) {
    case Qt::Key_Escape:
    case Qt::Key_Down:
        return true;
    case Qt::Key_Up: // without a chosen phrase it goes up in the text
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Tab:
        return currentRow() >= 0;
    default:
        return false;
    }
}

void CompletionList::handle(const QKeyEvent& key) {
    switch (key.key()) {
    case Qt::Key_Escape:
        return hide();
    case Qt::Key_Down:
        return move(1);
    case Qt::Key_Up:
        return move(-1);
    default:
        choose(currentItem());
    }
}

void CompletionList::move(int by) {
    setCurrentRow(std::clamp(currentRow() + by, -1, count() - 1));
}

void CompletionList::choose(const QListWidgetItem* item) {
    hide();
    if (item) Q_EMIT phraseChosen(item->text());
}

} // namespace n2m::ui
