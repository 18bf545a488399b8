#include "ui/widgets/ItemBackground.h"

#include "ui/style/Theme.h"

#include <QPainter>

namespace n2m::ui {

void paintItemBackground(QPainter* painter, const QStyleOptionViewItem& option) {
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    if (!selected && !hovered) return;
    QColor ground = selected ? themeColours().accent : themeColours().line;
    ground.setAlphaF(selected ? (option.state & QStyle::State_Active ? 0.22f : 0.14f) : 0.35f);
    painter->fillRect(option.rect, ground);
    if (!selected) return;
    painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), themeColours().accent);
}

} // namespace n2m::ui
