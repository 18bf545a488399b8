#include "ui/widgets/SpinShortcuts.h"

namespace n2m::ui {

SpinShortcuts::SpinShortcuts(QObject* parent)
    : QObject(parent) {
    qApp->installEventFilter(this);
}

bool SpinShortcuts::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride || !qobject_cast<QAbstractSpinBox*>(watched)) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->modifiers() != Qt::ShiftModifier || key->key() < Qt::Key_A || key->key() > Qt::Key_Z) return false;
    event->ignore(); // so that it becomes a shortcut
    return true;
}

} // namespace n2m::ui
