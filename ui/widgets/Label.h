#pragma once

#include <QLabel>

namespace n2m::ui {

/// Labels as the style sheet knows them.
QLabel* headingLabel(const QString& text = {});
QLabel* dimmedLabel(const QString& text = {});

/// "", "good", "warning" or "bad": the colour of a label or of a field's border.
void setState(QWidget* widget, const char* state);

} // namespace n2m::ui
