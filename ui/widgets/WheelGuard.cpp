#include "ui/widgets/WheelGuard.h"

namespace n2m::ui {

WheelGuard::WheelGuard(QObject* parent)
    : QObject(parent) {
    qApp->installEventFilter(this);
}

bool WheelGuard::eventFilter(QObject* watched, QEvent* event) {
    const bool shown = event->type() == QEvent::Show, wheel = event->type() == QEvent::Wheel;
    if (!shown && !wheel) return false;
    auto* field = qobject_cast<QWidget*>(watched);
    if (!qobject_cast<QComboBox*>(field) && !qobject_cast<QAbstractSpinBox*>(field)) return false;
    // By default the wheel would give them the focus.
    if (shown && field->focusPolicy() == Qt::WheelFocus) field->setFocusPolicy(Qt::StrongFocus);
    if (!wheel || field->hasFocus()) return false;
    event->ignore(); // so that it goes on to the parent
    return true;
}

} // namespace n2m::ui
