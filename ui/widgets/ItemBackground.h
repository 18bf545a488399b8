#pragma once

#include <QStyleOptionViewItem>

class QPainter;

namespace n2m::ui {

/// The ground of a row that a delegate of ours paints: quiet, so that coloured signs stay legible on a selected row.
void paintItemBackground(QPainter* painter, const QStyleOptionViewItem& option);

} // namespace n2m::ui
