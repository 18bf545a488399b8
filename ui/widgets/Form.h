#pragma once

#include <QString>

class QFormLayout;
class QLabel;
class QWidget;

namespace n2m::ui {

/// A form as the side panels have it, owned by whatever it is laid into.
QFormLayout* makeForm();

/// A label of such a form, all of one width so that the fields of several forms stand in one column.
QLabel* fieldLabel(const QString& text, QWidget* field);

} // namespace n2m::ui
