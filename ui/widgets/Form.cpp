#include "ui/widgets/Form.h"

#include <QFormLayout>
#include <QLabel>

namespace n2m::ui {

QFormLayout* makeForm() {
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(6);
    return form;
}

QLabel* fieldLabel(const QString& text, QWidget* field) {
    auto* label = new QLabel(text);
    label->setBuddy(field);
    label->setMinimumWidth(76);
    return label;
}

} // namespace n2m::ui
