#include "ui/widgets/OptionalSpin.h"

#include "ui/widgets/Label.h"

namespace n2m::ui {

OptionalSpin::OptionalSpin(double least, double most, double step, int decimals, QWidget* parent)
    : QDoubleSpinBox(parent)
    , m_least(least)
    , m_fallback(least) {
    setDecimals(decimals);
    setSingleStep(step);
    setRange(least - step, most); // the value below the minimum shows the special text
    setValue(minimum());
    setKeyboardTracking(false);
    // The special text looks like the placeholder of an empty field.
    const auto look = [this] { setState(this, chosen() ? "" : "unset"); };
    connect(this, &QDoubleSpinBox::valueChanged, this, look);
    look();
}

void OptionalSpin::setFallback(const QString& text, double value) {
    setSpecialValueText(text);
    showBegin();
    m_fallback = value;
}

std::optional<double> OptionalSpin::chosen() const {
    if (value() < m_least) return std::nullopt;
    return value();
}

void OptionalSpin::choose(std::optional<double> value) {
    setValue(value ? std::max(*value, m_least) : minimum());
    showBegin();
}

/// Scrolls a text that does not fit to its beginning.
void OptionalSpin::showBegin() {
    if (!hasFocus()) lineEdit()->setCursorPosition(0);
}

void OptionalSpin::keyPressEvent(QKeyEvent* event) {
    // A typed number replaces the special text.
    const bool typed = !event->text().isEmpty() && event->text().front().isPrint();
    if (typed && text() == specialValueText()) selectAll();
    QDoubleSpinBox::keyPressEvent(event);
}

void OptionalSpin::resizeEvent(QResizeEvent* event) {
    QDoubleSpinBox::resizeEvent(event);
    showBegin();
}

void OptionalSpin::focusOutEvent(QFocusEvent* event) {
    QDoubleSpinBox::focusOutEvent(event);
    showBegin();
}

void OptionalSpin::stepBy(int steps) {
    if (!chosen() && steps > 0) {
        setValue(m_fallback);
        return;
    }
    QDoubleSpinBox::stepBy(steps);
}

} // namespace n2m::ui
