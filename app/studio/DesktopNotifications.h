#pragma once

#include <QObject>
#include <QString>

class QDBusPendingCallWatcher;

namespace n2m::studio {

/// Notifications of the desktop (org.freedesktop.Notifications, version 1.2). Without such a service nothing happens. A
/// notification replaces the one before, so that they do not pile up. Never waits. GUI thread.
class DesktopNotifications : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Both are plain text, the title a single line.
    void show(const QString& title, const QString& text);

Q_SIGNALS:
    /// The user clicked on the last notification.
    void clicked();

private Q_SLOTS:
    void takeAction(uint id, const QString& action); // QtDBus connects slots by name only

private:
    void keepId(QDBusPendingCallWatcher* call);

    uint m_id = 0; ///< of the last notification; 0: none
    bool m_listening = false;
};

} // namespace n2m::studio
