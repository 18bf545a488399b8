#include "ui/widgets/Label.h"

#include <QStyle>

namespace n2m::ui {

QLabel* headingLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("heading", true);
    return label;
}

QLabel* dimmedLabel(const QString& text) {
    auto* label = new QLabel(text);
    label->setProperty("dimmed", true);
    return label;
}

void setState(QWidget* widget, const char* state) {
    if (widget->property("state").toByteArray() == state) return;
    widget->setProperty("state", QByteArray(state));
    // A style sheet reads properties when a widget is polished, not when they change.
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace n2m::ui
