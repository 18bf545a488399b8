#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace n2m::ui {

/// Remembers the field that is being typed into at a moment, or the button that was pressed, and whether its user has
/// gone on with it or has been waiting since. GUI thread.
class TypingWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// From now on: the one that has the focus.
    void begin();
    /// Whether there is one that still has the focus and was left in peace. Ends the watch.
    bool endsUntouched();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void end();

    QPointer<QWidget> m_field;
};

} // namespace n2m::ui
