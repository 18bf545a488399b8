#include "app/studio/DesktopNotifications.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QStandardPaths>

namespace n2m::studio {
namespace {

const QString service = QStringLiteral("org.freedesktop.Notifications");
const QString path = QStringLiteral("/org/freedesktop/Notifications");

/// Whether a session bus runs already; libdbus would start one of its own otherwise.
bool hasBus() {
    return qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") ||
           QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

} // namespace

void DesktopNotifications::show(const QString& title, const QString& text) {
    if (!hasBus()) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    if (!std::exchange(m_listening, true))
        bus.connect({}, path, service, QStringLiteral("ActionInvoked"), this, SLOT(takeAction(uint, QString)));
    const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("org.noise2music.Studio")}};
    QDBusMessage message = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
    message.setArguments({QCoreApplication::applicationName(), m_id, QStringLiteral("org.noise2music.Studio"), title,
                          text.toHtmlEscaped(), QStringList{QStringLiteral("default"), tr("Show")}, hints, -1});
    auto* call = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, &DesktopNotifications::keepId);
}

void DesktopNotifications::keepId(QDBusPendingCallWatcher* call) {
    call->deleteLater();
    const QDBusPendingReply<uint> reply = *call;
    if (!reply.isError()) m_id = reply.value();
}

void DesktopNotifications::takeAction(uint id, const QString& action) {
    if (id == m_id && action == QLatin1String("default")) Q_EMIT clicked();
}

} // namespace n2m::studio
