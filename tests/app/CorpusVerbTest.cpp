#include "tests/app/ProgramRun.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using n2m::test::runProgram;

/// The `corpus` verb of the real program; tests/engine/corpus tests the music itself.
class CorpusVerbTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rendersWhatIsMissing() {
        const QTemporaryDir folder;
        const QString corpus = folder.filePath("corpus");
        const QStringList command = {"corpus", "--seed", "7", "--seconds", "4", "-o", corpus, "--json"};

        const auto first = runProgram(command + QStringList{"--clips", "1"});
        QVERIFY2(first.exitCode == 0, first.err.constData());
        QVERIFY2(first.err.isEmpty(), first.err.constData()); // no progress without a terminal
        QCOMPARE(QJsonDocument::fromJson(first.out).object()["rendered"].toInt(), 1);

        const auto second = runProgram(command + QStringList{"--clips", "2"});
        QVERIFY2(second.exitCode == 0, second.err.constData());
        const QJsonObject facts = QJsonDocument::fromJson(second.out).object();
        QCOMPARE(facts["clips"].toInt(), 2);
        QCOMPARE(facts["rendered"].toInt(), 1);

        QFile list(facts["list"].toString());
        QVERIFY(list.open(QIODevice::ReadOnly));
        QCOMPARE(list.readAll().count('\n'), 2);
        QCOMPARE(QDir(corpus).entryList({"*.flac"}).size(), 2);
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("no folder") << QStringList{"--clips", "1"} << 2;
        QTest::newRow("no number") << QStringList{"-o", "corpus"} << 2;
        QTest::newRow("negative number") << QStringList{"--clips", "-1", "-o", "corpus"} << 2;
        QTest::newRow("length NaN") << QStringList{"--clips", "1", "--seconds", "nan", "-o", "corpus"} << 2;
        QTest::newRow("no threads") << QStringList{"--clips", "1", "--threads", "0", "-o", "corpus"} << 2;
        QTest::newRow("unwritable") << QStringList{"--clips", "1", "-o", "/proc/corpus"} << 1;
        QTest::newRow("soundfont") << QStringList{"--clips", "1", "-o", "corpus", "--soundfont", "/dev/null"} << 1;
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const QTemporaryDir folder;
        const auto run = runProgram(QStringList{"corpus"} + arguments, {folder.path()});
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
    }
};

QTEST_GUILESS_MAIN(CorpusVerbTest)
#include "CorpusVerbTest.moc"
