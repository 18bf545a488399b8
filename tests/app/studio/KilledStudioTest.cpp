#include "engine/request/RequestJson.h"
#include "storage/Library.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m;
using storage::JobState;

/// The real program, killed in the middle of a clip; the test reads its library at the same time.
class KilledStudioTest : public QObject {
    Q_OBJECT

    static constexpr int startTime = 120000; // milliseconds until the model is loaded, on a busy machine

    QTemporaryDir m_folder;

    void start(QProcess& studio) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        studio.setProcessEnvironment(environment);
        studio.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        studio.start(N2M_BINARY_DIR "/bin/noise2music-studio",
                     {"--library", m_folder.filePath("library"), "--settings", m_folder.filePath("settings.ini"),
                      "--bundle", N2M_SOURCE_DIR "/assets/bundled"});
        QVERIFY(studio.waitForStarted());
    }

private Q_SLOTS:
    void whatWaitedWaitsAndWhatRanIsOffered() {
        if (!QFile::exists(N2M_BINARY_DIR "/bin/noise2music-studio")) QSKIP("the studio is not built");
        storage::Library library(m_folder.filePath("library").toStdString());
        Request request;
        request.prompt = "a slow piano";
        request.seconds = 30.0; // long enough to be caught in the middle
        const auto json = toJson(request);
        const auto ids = library.jobs().add({{json, "runs", 1, 1, 1}, {json, "waits", 2, 1, 1}});

        QProcess studio;
        start(studio);
        QTRY_VERIFY_WITH_TIMEOUT(library.jobs().state(ids[0]) == JobState::Running, startTime);
        QCOMPARE(studio.state(), QProcess::Running);
        studio.kill(); // SIGKILL
        QVERIFY(studio.waitForFinished());
        QCOMPARE(studio.exitStatus(), QProcess::CrashExit);
        QVERIFY(library.jobs().state(ids[0]) == JobState::Running); // a killed program cannot change it

        library.jobs().setPaused(true); // so that the waiting job does not begin
        start(studio);
        QTRY_VERIFY_WITH_TIMEOUT(library.jobs().state(ids[0]) == JobState::Interrupted, startTime);
        QVERIFY(library.jobs().state(ids[1]) == JobState::Waiting);
        QCOMPARE(library.jobs().find(ids[1])->request, json);
        QVERIFY(library.takes().ids().empty());
        QVERIFY(library.check().empty());

        // Retried, it runs before the waiting job.
        studio.kill();
        QVERIFY(studio.waitForFinished());
        QVERIFY(library.jobs().retry({ids[0]}, true));
        library.jobs().setPaused(false);
        start(studio);
        QTRY_VERIFY_WITH_TIMEOUT(library.jobs().state(ids[0]) == JobState::Running, startTime);
        QVERIFY(library.jobs().state(ids[1]) == JobState::Waiting);
        studio.kill();
        QVERIFY(studio.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(KilledStudioTest)
#include "KilledStudioTest.moc"
