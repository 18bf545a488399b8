#pragma once

#include <QStyleOptionViewItem>

class QPainter;

namespace n2m::ui {

/// Paints the background of a list's row; pale, so that coloured icons stay legible on a selected row.
void paintItemBackground(QPainter* painter, const QStyleOptionViewItem& option);

} // namespace n2m::ui
