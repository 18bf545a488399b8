#pragma once

#include <QObject>
#include <QString>

class QDBusPendingCallWatcher;

namespace n2m::studio {

/// Notifications of the desktop (org.freedesktop.Notifications, version 1.2). Where there is no such service nothing
/// happens. A notification takes the place of the one before, so that they do not pile up. Never waits. GUI thread.
class DesktopNotifications : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Plain texts, the first of a line.
    void show(const QString& title, const QString& text);

Q_SIGNALS:
    /// The user clicked on the last one.
    void clicked();

private Q_SLOTS:
    void takeAction(uint id, const QString& action); // by its name: QtDBus connects no other way

private:
    void keepId(QDBusPendingCallWatcher* call);

    uint m_id = 0; ///< of the last one; 0: none
    bool m_listening = false;
};

} // namespace n2m::studio
