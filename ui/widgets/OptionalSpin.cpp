#include "ui/widgets/OptionalSpin.h"

#include "ui/widgets/Label.h"

namespace n2m::ui {

OptionalSpin::OptionalSpin(double least, double most, double step, int decimals, QWidget* parent)
    : QDoubleSpinBox(parent)
    , m_least(least)
    , m_fallback(least) {
    setDecimals(decimals);
    setSingleStep(step);
    setRange(least - step, most); // the value below the least one shows the special text
    setValue(minimum());
    setKeyboardTracking(false);
    // A text that stands for no number looks like the hint in an empty field.
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

/// Where there is no room for all of it, the end of a text says less than its begin.
void OptionalSpin::showBegin() {
    if (!hasFocus()) lineEdit()->setCursorPosition(0);
}

void OptionalSpin::keyPressEvent(QKeyEvent* event) {
    // Within the text that stands for no number, none could be typed: it takes the text's place.
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
