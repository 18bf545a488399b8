#include "engine/audio/SoundFile.h"
#include "storage/Library.h"
#include "tests/ui/SoundOfTest.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m;

/// The real program, started again while it runs. It runs without a model, which this test does not need.
class SecondStudioTest : public QObject {
    Q_OBJECT

    static constexpr int startTime = 120000; // milliseconds, on a busy machine

    QTemporaryDir m_folder; ///< also the runtime folder, where the socket is

    QString path(const QString& name) const { return m_folder.filePath(name); }

    void start(QProcess& studio, const QString& library, const QStringList& files = {}) const {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("QT_QPA_PLATFORM", "offscreen");
        environment.insert("XDG_RUNTIME_DIR", m_folder.path());
        studio.setProcessEnvironment(environment);
        studio.setWorkingDirectory(m_folder.path());
        studio.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        studio.start(N2M_BINARY_DIR "/bin/noise2music-studio",
                     QStringList{"--library", library, "--settings", path("settings.ini"), "--bundle", "nowhere"}
                         << files);
        QVERIFY(studio.waitForStarted());
    }
    static bool endsWell(QProcess& studio) {
        return studio.waitForFinished(startTime) && studio.exitStatus() == QProcess::NormalExit &&
               studio.exitCode() == 0;
    }
    /// The time when the last program began to listen; invalid: none did.
    QDateTime listensSince() const {
        const auto sockets = QDir(m_folder.path()).entryInfoList({"noise2music-studio-*"}, QDir::System, QDir::Time);
        return sockets.isEmpty() ? QDateTime() : sockets.front().lastModified();
    }

private Q_SLOTS:
    void initTestCase() {
        if (!QFile::exists(N2M_BINARY_DIR "/bin/noise2music-studio")) QSKIP("the studio is not built");
        for (const char* name : {"one.wav", "two.wav"})
            audio::writeSoundFile(path(name).toStdString(), test::tone(name[0] == 'o' ? 0.5 : 0.6));
    }

    void handsItsFilesOverAndEnds() {
        storage::Library library(path("library").toStdString());
        QProcess first;
        start(first, "library");
        QTRY_VERIFY_WITH_TIMEOUT(listensSince().isValid(), startTime);
        QProcess second;
        start(second, "./library/../library", {"one.wav"}); // the same folder by another path
        QVERIFY(endsWell(second));
        QTRY_COMPARE_WITH_TIMEOUT(library.takes().count(), std::size_t{1}, startTime);
        start(second, "library"); // only comes to the front
        QVERIFY(endsWell(second));
        QCOMPARE(first.state(), QProcess::Running);

        QProcess other; // another library has a studio of its own
        start(other, "other", {"two.wav"});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path("other/library.db")), startTime);
        storage::Library otherLibrary(path("other").toStdString());
        QTRY_COMPARE_WITH_TIMEOUT(otherLibrary.takes().count(), std::size_t{1}, startTime);
        QCOMPARE(other.state(), QProcess::Running);
        other.terminate();
        QVERIFY(other.waitForFinished());

        // A killed program leaves its socket behind.
        const QDateTime before = listensSince();
        first.kill();
        QVERIFY(first.waitForFinished());
        QVERIFY(listensSince().isValid());
        start(first, "library");
        QTRY_VERIFY_WITH_TIMEOUT(listensSince().isValid() && listensSince() != before, startTime);
        start(second, "library", {"two.wav"});
        QVERIFY(endsWell(second));
        QTRY_COMPARE_WITH_TIMEOUT(library.takes().count(), std::size_t{2}, startTime);
        QCOMPARE(first.state(), QProcess::Running);
        first.kill();
        QVERIFY(first.waitForFinished());
    }
};

QTEST_GUILESS_MAIN(SecondStudioTest)
#include "SecondStudioTest.moc"
