#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

/// packaging/run.sh beside a build that says only that it was asked for, and a studio that says that it was opened.
class RunScriptTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    bool script(const QString& name, const QByteArray& line) {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) return false;
        file.write("#!/bin/sh\n" + line + '\n');
        return file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }

    struct Result {
        int exitCode = -1;
        QByteArray out, err;
    };
    Result run(const QStringList& arguments, const char* display) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove("DISPLAY");
        environment.remove("WAYLAND_DISPLAY");
        if (display) environment.insert(display, ":9");
        process.setProcessEnvironment(environment);
        process.start("bash", QStringList(m_folder.filePath("packaging/run.sh")) + arguments);
        process.waitForFinished();
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir().mkpath(m_folder.filePath("packaging")));
        QVERIFY(QFile::copy(N2M_SOURCE_DIR "/packaging/run.sh", m_folder.filePath("packaging/run.sh")));
        QVERIFY(script("packaging/build.sh", "echo built \"$@\""));
        QVERIFY(script("build/release/bin/noise2music-studio", "echo opened \"$@\""));
        // Says where the clip is, or, for a program, what it is.
        QVERIFY(script("build/release/bin/noise2music", "if [ \"$3\" = --json ]; then echo {}; else echo \"$0\"; fi"));
    }

    void withAPromptItOpensTheStudioOnTheClip() {
        Result result = run({"bells"}, "DISPLAY");
        QCOMPARE(result.exitCode, 0);
        QVERIFY2(result.out.contains("/build/release/bin/noise2music\nopened /"), result.out);
        QCOMPARE(result.err, QByteArray("built noise2music noise2music-studio\n"));
        QVERIFY(!run({"bells"}, nullptr).out.contains("opened"));
        result = run({"bells", "--json"}, "DISPLAY");
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(result.out, QByteArray("{}\n"));
    }

    void withADisplayItOpensTheStudio() {
        for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY"}) {
            const Result result = run({}, display);
            QCOMPARE(result.exitCode, 0);
            QCOMPARE(result.out, QByteArray("opened\n"));
            QCOMPARE(result.err, QByteArray("built noise2music-studio\n"));
        }
    }

    void withoutItAsksForAPrompt() {
        for (const auto& [arguments, display] :
             {std::pair<QStringList, const char*>({}, nullptr), {{" "}, "DISPLAY"}}) {
            const Result result = run(arguments, display);
            QCOMPARE(result.exitCode, 2);
            QCOMPARE(result.out, QByteArray());
            QVERIFY(result.err.startsWith("run.sh: what should it sound like?"));
            QCOMPARE(result.err.count('\n'), 1);
        }
    }
};

QTEST_GUILESS_MAIN(RunScriptTest)
#include "RunScriptTest.moc"
