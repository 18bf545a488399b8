#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace n2m::ui {

/// Watches whether the user goes on with the text field or button that has the focus, or waits. GUI thread.
class TypingWatch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Begins to watch the field or button that has the focus.
    void begin();
    /// Ends the watch. True: it still has the focus and was not used since.
    bool endsUntouched();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void end();

    QPointer<QWidget> m_field;
};

} // namespace n2m::ui
