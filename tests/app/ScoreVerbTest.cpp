#include "tests/app/ProgramRun.h"
#include "tests/engine/midi/MidiBytes.h"

#include "engine/audio/SoundFile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m::midi;
using n2m::test::runProgram;

/// The verb score, and what generate says about --score. Runs the real program.
class ScoreVerbTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    void write(const QString& name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray bytesOf(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void initTestCase() {
        write("song.mid", QByteArray::fromStdString(header(0, 1, 96) + track(note(0, 96, 60) + note(0, 96, 64))));
        write("text.txt", "no score at all");
        write("plan.json", R"({"bpm": 120, "key": "C major", "seconds": 4})");
    }

    void showsASummary() {
        const auto run = runProgram({"score", path("song.mid")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.startsWith("1.0 s, 120 bpm, C major, 4 beats a bar\n"), run.out.constData());
        QVERIFY2(run.out.contains("  lead           piano, 2 notes\n"), run.out.constData());
        QVERIFY(run.err.isEmpty());
    }

    // MIDI to JSON to MIDI to JSON: the two plans are the same.
    void convertsBothWays() {
        QCOMPARE(runProgram({"score", path("song.mid"), "-o", path("a.json")}).exitCode, 0);
        QCOMPARE(runProgram({"score", path("a.json"), "-o", path("b.mid")}).exitCode, 0);
        const auto run = runProgram({"score", path("b.mid"), "--json"});
        QCOMPARE(run.exitCode, 0);
        const QJsonObject first = QJsonDocument::fromJson(bytesOf("a.json")).object();
        QVERIFY(!first["parts"].toArray().isEmpty());
        QCOMPARE(QJsonDocument::fromJson(run.out).object(), first);
    }

    void takesWhatPlanPrints() {
        const auto planned = runProgram({"plan", "slow jazz with piano", "--seed", "3", "--json"});
        QCOMPARE(planned.exitCode, 0);
        write("planned.json", planned.out);
        const auto run = runProgram({"score", path("planned.json"), "-o", path("planned.mid")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(bytesOf("planned.mid").startsWith("MThd"));
    }

    void takesAClipsRecipe() {
        QCOMPARE(runProgram({"score", path("song.mid"), "-o", path("a.json")}).exitCode, 0);
        n2m::audio::Metadata metadata;
        metadata.recipe =
            R"({"format": "noise2music recipe 1", "prompt": "x", "plan": )" + bytesOf("a.json").toStdString() + "}";
        n2m::audio::Clip clip;
        clip.sampleRate = 16000;
        clip.samples.assign(16000, 0.1f);
        n2m::audio::writeSoundFile(path("clip.flac").toStdString(), clip, n2m::audio::SampleFormat::Pcm16, metadata);
        const auto run = runProgram({"score", path("clip.flac")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.out.contains("piano, 2 notes"), run.out.constData());
    }

    void saysWhatIsMissing() {
        const QByteArray whole = bytesOf("song.mid");
        write("cut.mid", whole.chopped(9));
        const auto run = runProgram({"score", path("cut.mid")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.err,
                 QByteArray("cut.mid: 1 of 1 tracks are damaged or cut off; the notes before that are kept\n"));
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("no file") << QStringList{"score"} << QByteArray("file");
        QTest::newRow("missing") << QStringList{"score", path("none.mid")} << QByteArray("none.mid");
        QTest::newRow("text") << QStringList{"score", path("text.txt")} << QByteArray("text.txt");
        QTest::newRow("no score") << QStringList{"score", path("plan.json")}
                                  << QByteArray("plan.json: its plan has no score");
        QTest::newRow("ending") << QStringList{"score", path("song.mid"), "-o", path("x.txt")} << QByteArray("'.txt'");
        QTest::newRow("folder") << QStringList{"score", path("song.mid"), "-o", path("none/x.mid")}
                                << QByteArray("none");
        QTest::newRow("score and key") << QStringList{"generate", "x", "--score", path("song.mid"), "--key", "C"}
                                       << QByteArray("leave out");
        QTest::newRow("score and repaint")
            << QStringList{"generate", "x", "--score", path("song.mid"), "--repaint", "y.flac", "--from", "1"}
            << QByteArray("--score");
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        const auto run = runProgram(arguments);
        QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.out.constData());
        QVERIFY2(run.isOneErrorLine() && run.err.contains(named), run.err.constData());
        QVERIFY(!QFile::exists(path("x.txt")));
    }
};

QTEST_GUILESS_MAIN(ScoreVerbTest)
#include "ScoreVerbTest.moc"
