#include "ui/widgets/TypingWatch.h"

#include <QAbstractButton>

namespace n2m::ui {

void TypingWatch::begin() {
    QWidget* focused = QApplication::focusWidget();
    const bool types = focused && focused->testAttribute(Qt::WA_InputMethodEnabled);
    m_field = types || qobject_cast<QAbstractButton*>(focused) ? focused : nullptr;
    if (m_field) qApp->installEventFilter(this); // on the application: clicks arrive at the field's viewport
}

bool TypingWatch::endsUntouched() {
    const bool untouched = m_field && m_field->hasFocus();
    end();
    return untouched;
}

void TypingWatch::end() {
    m_field.clear();
    qApp->removeEventFilter(this);
}

bool TypingWatch::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::InputMethod:
    case QEvent::MouseButtonPress:
    case QEvent::Drop:
        if (const auto* widget = qobject_cast<QWidget*>(watched);
            !m_field || (widget && (widget == m_field || m_field->isAncestorOf(widget))))
            end();
        break;
    default:
        break;
    }
    return false;
}

} // namespace n2m::ui
