#include "tests/app/ProgramRun.h"

#include <QtTest/QtTest>

using n2m::test::runProgram;

/// Help, version and usage errors of the command line. Runs the real program.
class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helpIsAResult() {
        const auto run = runProgram({"--help"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.contains("Usage: noise2music"));
        QVERIFY(run.err.isEmpty());
    }

    void versionIsAResult() {
        const auto run = runProgram({"--version"});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.startsWith("noise2music ") && run.out.endsWith('\n'));
    }

    void wrongUsageIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("no verb") << QStringList{} << QByteArray();
        QTest::newRow("unknown verb") << QStringList{"compose"} << QByteArray("'compose'");
        QTest::newRow("unknown option") << QStringList{"--loud"} << QByteArray("'--loud'");
    }

    void wrongUsageIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        const auto run = runProgram(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QVERIFY2(run.err.contains(named) && run.err.contains("--help"), run.err.constData());
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
