#pragma once

#include <QString>

class QFormLayout;
class QLabel;
class QWidget;

namespace n2m::ui {

/// A form in the style of the side panels; the layout that it is added to owns it.
QFormLayout* makeForm();

/// A label of such a form. Labels have one width, so that the fields of several forms form one column.
QLabel* fieldLabel(const QString& text, QWidget* field);

} // namespace n2m::ui
