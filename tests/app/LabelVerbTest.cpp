#include "tests/app/ProgramRun.h"
#include "tests/engine/labelling/FakeServer.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>

using n2m::test::FakeServer;
using n2m::test::runProgram;

/// The `label` verb of the real program.
class LabelVerbTest : public QObject {
    Q_OBJECT

    /// A language model that answers each question by another caption.
    static FakeServer::Answer model(const std::string& request, int number) {
        if (FakeServer::asksForModels(request)) return FakeServer::answer(200, FakeServer::models());
        return FakeServer::answer(
            200, FakeServer::reply("1. A slow song with " + std::to_string(number) + " trumpets and a tuba."));
    }
    static QByteArray contentOf(const QString& file) {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(missing)");
    }

private Q_SLOTS:
    void writesCaptions() {
        const FakeServer server(model);
        const QTemporaryDir folder;
        const QStringList command{
            "label", "--write-captions", "captions.txt", "--url", QString::fromStdString(server.url()), "--count", "3"};
        const auto run = runProgram(command, {folder.path(), {{"N2M_API_KEY", "key-1"}}});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        QVERIFY2(run.out.startsWith("captions.txt\n  3 captions, 3 of them new from 3 answers of tiny"),
                 run.out.constData());
        QCOMPARE(contentOf(folder.filePath("captions.txt")).count('\n'), 3);
        QVERIFY(server.requests().at(0).find("Authorization: Bearer key-1") != std::string::npos);

        const auto more = runProgram(command + QStringList{"--json", "--count", "4"}, {folder.path()});
        QVERIFY2(more.exitCode == 2, more.err.constData()); // an option twice
        const auto again = runProgram({"label", "--write-captions", "captions.txt", "--url",
                                       QString::fromStdString(server.url()), "--count", "4", "--json"},
                                      {folder.path()});
        QVERIFY2(again.exitCode == 0, again.err.constData());
        const QJsonObject facts = QJsonDocument::fromJson(again.out).object();
        QCOMPARE(facts["captions"].toInt(), 4);
        QCOMPARE(facts["new"].toInt(), 1);
        QCOMPARE(facts["model"].toString(), QString("tiny"));
    }

    void saysThatTheServerIsDown() {
        QString url;
        {
            const FakeServer gone(model);
            url = QString::fromStdString(gone.url());
        }
        const QTemporaryDir folder;
        const auto run = runProgram({"label", "--write-captions", "captions.txt", "--url", url}, {folder.path()});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QVERIFY2(run.err.contains("no server answers there"), run.err.constData());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
    }

    void keepsCaptionsWhenInterrupted() {
        FakeServer server([](const std::string& request, int number) {
            if (number > 2) return FakeServer::Answer{{"HTTP/1.1 200 OK\r\n", 0}, {"\r\n", 60000}};
            return model(request, number);
        });
        const QTemporaryDir folder;
        QProcess process;
        process.setWorkingDirectory(folder.path());
        process.start(N2M_BINARY_DIR "/bin/noise2music",
                      {"label", "--write-captions", "captions.txt", "--url", QString::fromStdString(server.url())});
        QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), std::size_t{4}, 60000);
        kill(static_cast<pid_t>(process.processId()), SIGTERM);
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitCode(), 128 + SIGTERM);
        QCOMPARE(contentOf(folder.filePath("captions.txt")).count('\n'), 2);
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        const QStringList write{"--write-captions", "captions.txt"};
        QTest::newRow("nothing") << QStringList{} << 2;
        QTest::newRow("option of writing alone") << QStringList{"--url", "http://127.0.0.1:9/v1"} << 2;
        QTest::newRow("kind") << write + QStringList{"--kind", "medium"} << 2;
        QTest::newRow("no captions") << write + QStringList{"--count", "0"} << 2;
        QTest::newRow("negative count") << write + QStringList{"--count", "-5"} << 2;
        QTest::newRow("temperature") << write + QStringList{"--temperature", "3"} << 2;
        QTest::newRow("timeout") << write + QStringList{"--timeout", "nan"} << 2;
        QTest::newRow("not an address") << write + QStringList{"--url", "file:///etc/passwd"} << 2;
        QTest::newRow("unwritable") << QStringList{"--write-captions", "/proc/captions.txt"} << 2;
        QTest::newRow("songs missing") << write + QStringList{"--songs", "missing.txt"} << 1;
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const QTemporaryDir folder;
        const auto run = runProgram(QStringList{"label"} + arguments, {folder.path()});
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 0);
    }
};

QTEST_GUILESS_MAIN(LabelVerbTest)
#include "LabelVerbTest.moc"
