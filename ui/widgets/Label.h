#pragma once

#include <QLabel>

namespace n2m::ui {

/// Labels with the style sheet's properties.
QLabel* headingLabel(const QString& text = {});
QLabel* dimmedLabel(const QString& text = {});

/// Sets the colour of a label or of a field's border: "", "good", "warning" or "bad".
void setState(QWidget* widget, const char* state);

} // namespace n2m::ui
