#include "tests/app/studio/StudioFixture.h"

#include "app/studio/DesktopNotifications.h"
#include "ui/settings/Preferences.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QFile>
#include <QLabel>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>

using namespace n2m;
using test::longEnough;

namespace {

struct Told {
    uint replaces;
    QString title, text;
};

/// A desktop that shows notifications.
class Desktop : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QList<Told> told;

public Q_SLOTS:
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
                const QStringList&, const QVariantMap&, int) {
        told.append({replaces, title, text});
        return 41 + static_cast<uint>(told.size());
    }
};

} // namespace

/// Notifications for a user who works in another window, sent to a fake desktop on a bus of its own.
class GenerationNoticeTest : public test::StudioFixture {
    Q_OBJECT

    QTemporaryDir m_busFolder;
    QProcess m_bus;
    Desktop m_desktop;

    /// Takes the focus from the window, as if another program had it.
    void lookElsewhere() {
        m_studio->window().hide();
        QTRY_VERIFY(!QApplication::activeWindow());
    }

    static constexpr const char* service = "org.freedesktop.Notifications";
    static constexpr const char* path = "/org/freedesktop/Notifications";
    static QDBusConnection desktopsOwn() { return QDBusConnection(QStringLiteral("desktop")); }

private Q_SLOTS:
    void initTestCase() {
        const QString program = QStandardPaths::findExecutable("dbus-daemon");
        if (program.isEmpty()) QSKIP("needs dbus-daemon (packaging/debian-test-packages.txt)");
        // The bus must not start services of this machine, such as its notifications.
        QFile configuration(m_busFolder.filePath("bus.conf"));
        QVERIFY(configuration.open(QIODevice::WriteOnly));
        configuration.write("<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy "
                            "context=\"default\"><allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow "
                            "own=\"*\"/></policy></busconfig>");
        configuration.close();
        m_bus.start(program, {"--config-file=" + configuration.fileName(), "--nofork", "--print-address"});
        QVERIFY(m_bus.waitForReadyRead(longEnough));
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        QDBusConnection bus = QDBusConnection::connectToBus(QString::fromUtf8(address), "desktop");
        QVERIFY(bus.isConnected());
        QVERIFY(bus.registerObject(path, &m_desktop, QDBusConnection::ExportAllSlots));
        QVERIFY(bus.registerService(service));
    }
    void cleanupTestCase() {
        QDBusConnection::disconnectFromBus("desktop");
        m_bus.terminate();
        m_bus.waitForFinished();
    }
    void init() {
        m_desktop.told.clear();
        begin();
    }
    void cleanup() { end(); }

    void aClipIsToldOfAndAClickShowsIt() {
        m_engine->wait = true;
        generate("<slow> piano & strings");
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 1, longEnough);
        QCOMPARE(m_desktop.told[0].title, QString("The clip is done"));
        QCOMPARE(m_desktop.told[0].text, QString("&lt;slow&gt; piano &amp; strings")); // markup, as desktops read it

        QDBusMessage click = QDBusMessage::createSignal(path, service, "ActionInvoked");
        click.setArguments({42u, QString("default")});
        // Repeated, because the reply with the notification's number may not have arrived yet.
        const auto isClicked = [&] { return desktopsOwn().send(click) && m_studio->window().isVisible(); };
        QTRY_VERIFY_WITH_TIMEOUT(isClicked(), longEnough);
        QTRY_COMPARE(title(), QString("<slow> piano & strings"));
    }

    void aQueueIsToldOfOnce() {
        m_engine->wait = true;
        for (const char* prompt : {"one", "two", "three"})
            generate(prompt);
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 1, longEnough);
        QCOMPARE(m_desktop.told[0].title, QString("3 clips are done"));
        QCOMPARE(m_desktop.told[0].text, QString("three"));
    }

    void aFailureIsToldOfAtOnce() {
        m_engine->wait = true;
        generate("this one has begun");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        m_engine->error = "the strings are broken";
        generate("fails");
        generate("fails too");
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 3, longEnough);
        QCOMPARE(m_desktop.told[0].title, QString("A clip could not be made"));
        QCOMPARE(m_desktop.told[0].text, QString("the strings are broken"));
        QCOMPARE(m_desktop.told[2].title, QString("Clips done: 1, failed: 2"));
    }

    void thereIsNeverMoreThanOne() {
        studio::DesktopNotifications desktop;
        desktop.show("first", {});
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 1, longEnough);
        QCOMPARE(m_desktop.told[0].replaces, 0u);
        int shown = 1;
        const auto nextReplaces = [&] { // as soon as the number of the one before has arrived
            desktop.show("next", {});
            ++shown;
            return m_desktop.told.last().replaces > 41;
        };
        QTRY_VERIFY_WITH_TIMEOUT(nextReplaces(), longEnough);
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), shown, longEnough); // none is left for the next test
    }

    void whoLooksIsNotTold() {
        generate("seen");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        tellsOnlyOfTheNext("elsewhere");
        QCOMPARE(m_desktop.told[0].title, QString("The clip is done"));
    }

    void whoWantsNoneIsNotTold() {
        {
            QSettings settings(m_folder->filePath("settings.ini"), QSettings::IniFormat);
            ui::Preferences preferences;
            preferences.notify = false;
            preferences.save(settings);
        }
        restart();
        m_engine->wait = true;
        generate("in silence");
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        // Messages on a bus keep their order.
        studio::DesktopNotifications().show("the end", {});
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 1, longEnough);
        QCOMPARE(m_desktop.told[0].title, QString("the end"));
    }

    void withoutADesktopNothingHappens() {
        QVERIFY(desktopsOwn().unregisterService(service));
        m_engine->wait = true;
        generate("unheard");
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QVERIFY(desktopsOwn().registerService(service));
        tellsOnlyOfTheNext("heard");
    }

private:
    void tellsOnlyOfTheNext(const char* prompt) {
        m_studio->window().show();
        QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
        m_studio->window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&m_studio->window()));
        m_engine->wait = true;
        generate(prompt);
        lookElsewhere();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(m_desktop.told.size(), 1, longEnough);
        QCOMPARE(m_desktop.told[0].text, QString(prompt));
    }
};

QTEST_MAIN(GenerationNoticeTest)
#include "GenerationNoticeTest.moc"
