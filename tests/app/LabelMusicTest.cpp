#include "tests/app/ProgramRun.h"
#include "tests/support/TinyBundle.h"

#include "engine/audio/SoundFile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>

using namespace n2m;
using test::runProgram;

/// `label` of the real program makes a training set, with a joint embedding of random weights.
class LabelMusicTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString at(const QString& name) const { return m_folder.filePath(name); }
    void writeTone(const QString& name, double frequency) const {
        audio::Clip clip{std::vector<float>(16000 * 2), 16000, 1};
        for (std::size_t n = 0; n < clip.samples.size(); ++n)
            clip.samples[n] = 0.2F * static_cast<float>(std::sin(static_cast<double>(n) * frequency / 2546.5));
        audio::writeSoundFile(at(name).toStdString(), clip);
    }
    test::ProgramRun label(const QStringList& arguments) const {
        return runProgram(QStringList{"label"} + arguments, {m_folder.path()});
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(QDir(m_folder.path()).mkpath("music/more"));
        QVERIFY(QDir(m_folder.path()).mkpath("empty"));
        writeTone("music/a.flac", 440);
        writeTone("music/more/b.wav", 1200);
        QFile broken(at("music/broken.ogg"));
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("not music");
        broken.close();
        test::makeTinyEmbedding(at("embedding").toStdString());
    }

    void makesATrainingSet() {
        const QStringList command{"music", "-o", "set", "--embedding", "embedding"};
        const auto run = label(command);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.err.count('\n'), 1);
        QVERIFY2(run.err.startsWith("noise2music: skipped: ") && run.err.contains("broken.ogg: "), run.err.constData());
        QVERIFY2(run.out.contains("2 clips, 0:00:04 of sound; 2 of them new"), run.out.constData());
        QVERIFY2(run.out.contains("1 files were skipped"), run.out.constData());

        const auto again = label(command + QStringList{"--json"});
        const QJsonObject facts = QJsonDocument::fromJson(again.out).object();
        QCOMPARE(facts["clips"].toInt(), 2);
        QCOMPARE(facts["heard"].toInt(), 0);
        QCOMPARE(facts["skipped"].toInt(), 1);
        QVERIFY(facts["longCaptions"].toInt() >= 20000);
        QVERIFY(facts["usedShortCaptions"].toInt() >= 3);
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        const QStringList embedding{"--embedding", "embedding"};
        QTest::newRow("no set") << QStringList{"music"} + embedding << 2;
        QTest::newRow("no folder") << QStringList{"nowhere", "-o", "other"} + embedding << 2;
        QTest::newRow("empty folder") << QStringList{"empty", "-o", "other"} + embedding << 2;
        QTest::newRow("a file") << QStringList{"music/a.flac", "-o", "other"} + embedding << 2;
        QTest::newRow("more than nearest") << QStringList{"music", "-o", "other", "--draw", "11"} + embedding << 2;
        QTest::newRow("captions missing") << QStringList{"music", "-o", "other", "--long", "missing"} + embedding << 1;
        QTest::newRow("two tasks") << QStringList{"music", "-o", "other", "--measure", "music"} + embedding << 2;
        QTest::newRow("no embedding there") << QStringList{"music", "-o", "other", "--embedding", "empty"} << 1;
        QTest::newRow("measure nothing") << QStringList{"--measure", "music"} + embedding << 1;
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        const auto run = label(arguments);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY(!QFile::exists(at("other/clips.jsonl")));
    }
};

QTEST_GUILESS_MAIN(LabelMusicTest)
#include "LabelMusicTest.moc"
