#include "tests/app/ProgramRun.h"

#include "engine/audio/SoundFile.h"
#include "tests/support/TinyBundle.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using n2m::test::ProgramRun;
using n2m::test::runProgram;

/// The `generate` verb of the real program with a tiny cascade of random weights: its files, its facts, and the files
/// after a failure. GenerateInputTest has the input that is refused before a bundle is opened.
class GenerateVerbTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    QString m_bundle = m_temporary.filePath("bundle");

    static QByteArray contents(const QString& file) {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

    // Generates a clip of one second; `more` are further arguments.
    ProgramRun generate(const QString& file, const QStringList& more = {},
                        const n2m::test::Surroundings& surroundings = {}) const {
        return runProgram(QStringList{"generate", "a slow piano ballad", "--seconds", "1", "--seed", "4", "--bundle",
                                      m_bundle, "-o", file} +
                              more,
                          surroundings);
    }

    QString copyOfBundle(const QTemporaryDir& folder) const {
        const QString copy = folder.filePath("bundle");
        std::filesystem::copy(m_bundle.toStdString(), copy.toStdString(), std::filesystem::copy_options::recursive);
        return copy;
    }

private Q_SLOTS:
    void initTestCase() { n2m::test::makeTinyBundle(m_bundle.toStdString()); }

    void sameCommandSameBytes() {
        const QTemporaryDir folder;
        for (const char* extension : {"wav", "flac"}) {
            const QString file = folder.filePath(QString("clip.%1").arg(extension));
            QVERIFY(generate(file).exitCode == 0);
            const QByteArray first = contents(file);
            QVERIFY(first.size() > 10'000);
            QVERIFY(generate(file).exitCode == 0);
            QVERIFY(contents(file) == first);
            QVERIFY(generate(file, {"--seed", "5"}).exitCode == 2); // the option twice
            QVERIFY(contents(file) == first);
            QVERIFY(generate(file, {"--negative", "drums"}).exitCode == 0);
            QVERIFY(contents(file) != first);
        }
    }

    void variationsAndFacts() {
        const QTemporaryDir folder;
        const auto run = generate(folder.filePath("clip.flac"), {"--variations", "2", "--json"});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(run.err.isEmpty());
        const QJsonArray clips = QJsonDocument::fromJson(run.out).object()["clips"].toArray();
        QCOMPARE(clips.size(), 2);
        for (int clip = 0; clip < 2; ++clip) {
            const QJsonObject facts = clips[clip].toObject();
            const QString file = folder.filePath(QString("clip-%1.flac").arg(clip + 1));
            QCOMPARE(facts["file"].toString(), file);
            QCOMPARE(facts["seed"].toInt(), 4 + clip);
            QCOMPARE(facts["recipe"].toObject()["prompt"].toString(), QString("a slow piano ballad"));
            const auto info = n2m::audio::soundFileInfo(file.toStdString());
            QCOMPARE(info.sampleRate, 24000);
            QCOMPARE(info.frames, std::size_t(24000));
            const auto metadata = n2m::audio::readMetadata(file.toStdString());
            QVERIFY(QJsonDocument::fromJson(QByteArray::fromStdString(metadata.recipe)).object() ==
                    facts["recipe"].toObject());
        }
        QVERIFY(contents(folder.filePath("clip-1.flac")) != contents(folder.filePath("clip-2.flac")));
    }

    void repaintsAndExtends() {
        const QTemporaryDir folder;
        const QString first = folder.filePath("first.flac"), second = folder.filePath("second.flac");
        QVERIFY(generate(first).exitCode == 0);
        const auto work = [&](const QStringList& arguments) {
            return runProgram(QStringList{"generate", "piano", "--seed", "9", "--bundle", m_bundle} + arguments,
                              {folder.path()});
        };
        QVERIFY(work({"--repaint", "first.flac", "--from", "0.6", "-o", "second.flac"}).exitCode == 0);
        const auto before = n2m::audio::readSoundFile(first.toStdString()),
                   after = n2m::audio::readSoundFile(second.toStdString());
        QCOMPARE(after.samples.size(), before.samples.size());
        QVERIFY(std::equal(before.samples.begin(), before.samples.begin() + 14'400, after.samples.begin()));
        QVERIFY(before.samples != after.samples);
        QVERIFY(work({"--extend", "first.flac", "--seconds", "1.5", "-o", "third.flac"}).exitCode == 0);
        const auto longer = n2m::audio::readSoundFile(folder.filePath("third.flac").toStdString());
        QCOMPARE(longer.samples.size(), std::size_t(36'000));
        QVERIFY(std::equal(before.samples.begin(), before.samples.begin() + 21'600, longer.samples.begin()));
        const auto shorter = work({"--extend", "first.flac", "--seconds", "1", "-o", "fourth.flac"});
        QCOMPARE(shorter.exitCode, 2);
        QVERIFY2(shorter.isOneErrorLine() && shorter.err.contains("--seconds"), shorter.err.constData());
    }

    void unusualPrompts_data() {
        QTest::addColumn<QString>("prompt");
        QTest::newRow("emoji") << QString("🎹😢 ballad 👩🏽‍🎤");
        QTest::newRow("other letters") << QString("грустная баллада, 悲しいバラード, بطيء");
        QTest::newRow("nothing but signs") << QString("?!");
        QTest::newRow("lines") << QString("a ballad\n\tslow\r\n");
        QTest::newRow("as long as may be") << QString(4096, 'a');
        QTest::newRow("zero width") << QString(QChar(0x200b));
    }

    void unusualPrompts() {
        QFETCH(QString, prompt);
        const QTemporaryDir folder;
        const auto run =
            runProgram({"generate", "--seconds", "1", "--bundle", m_bundle, "--json", "--", prompt}, {folder.path()});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const QJsonObject clip = QJsonDocument::fromJson(run.out).object()["clips"].toArray().at(0).toObject();
        QCOMPARE(clip["recipe"].toObject()["prompt"].toString(), prompt);
        const QStringList files = QDir(folder.path()).entryList({"*.flac"});
        QCOMPARE(files, QStringList{clip["file"].toString()});
    }

    void failureLeavesTheOldFile() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("clip.wav");
        QVERIFY(generate(file).exitCode == 0);
        const QByteArray good = contents(file);

        const auto full = generate(file, {"--negative", "drums"}, {.folder = {}, .variables = {}, .largestFile = 8192});
        QCOMPARE(full.exitCode, 1);
        QVERIFY2(full.isOneErrorLine() && full.err.contains("clip.wav"), full.err.constData());
        QVERIFY(contents(file) == good);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{"clip.wav"});

        QFile weights(copyOfBundle(folder) + "/vocoder.safetensors");
        QVERIFY(weights.resize(weights.size() / 2));
        const auto damaged =
            runProgram({"generate", "piano", "--seconds", "1", "-o", file, "--bundle", folder.filePath("bundle")});
        QCOMPARE(damaged.exitCode, 1);
        QVERIFY2(damaged.isOneErrorLine() && damaged.err.contains("vocoder.safetensors: tensor \"") &&
                     damaged.err.contains("truncated"),
                 damaged.err.constData());
        QVERIFY(contents(file) == good);
    }

    void damagedBundleIsOneLine_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char* name, const char* file, const QByteArray& content) {
            QTest::newRow(name) << QString(file) << content;
        };
        row("empty configuration", "cascade.json", "");
        row("no configuration", "cascade.json", "null");
        row("nested configuration", "cascade.json", QByteArray(100'000, '['));
        row("other format", "cascade.json", R"({"format": "noise2music cascade 9"})");
        row("empty weights", "vocoder.safetensors", "");
        row("huge header", "vocoder.safetensors", QByteArray("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10));
        row("empty planner", "planner.safetensors", "");
        row("empty note spectra", "note-spectra.safetensors", "");
        row("a text for an encoder", "text/model.safetensors", "hello");
        row("empty encoder configuration", "text/config.json", "");
        row("huge encoder", "text/config.json", R"({"d_model": 65536, "vocab_size": 10000000, "num_layers": 1000})");
        row("empty tokenizer", "text/spiece.model", "");
        row("a text for a tokenizer", "text/spiece.model", "hello");
    }

    void damagedBundleIsOneLine() {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        QFile damaged(copyOfBundle(folder) + "/" + file);
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate) && damaged.write(content) == content.size());
        damaged.close();
        const auto run = runProgram({"generate", "piano", "--seconds", "1", "-o", folder.filePath("clip.wav"),
                                     "--bundle", folder.filePath("bundle")});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QVERIFY2(run.err.contains(file.section('/', -1).toUtf8()) || run.err.contains("model.safetensors"),
                 run.err.constData());
        QVERIFY(!QFile::exists(folder.filePath("clip.wav")));
    }

    void cannotBeWritten_data() {
        QTest::addColumn<QString>("file");
        QTest::newRow("folder that is not there") << QString("no/such/folder/clip.wav");
        QTest::newRow("folder that refuses") << QString("/proc/clip.wav");
        QTest::newRow("folder within a file") << QString("/etc/passwd/clip.wav");
        QTest::newRow("unknown format") << QString("clip.mp3");
        QTest::newRow("name too long") << QString(300, 'a') + ".wav";
    }

    void cannotBeWritten() {
        QFETCH(QString, file);
        const QTemporaryDir folder;
        const auto run = generate(file, {}, {folder.path()});
        QVERIFY2(run.exitCode == 1 || run.exitCode == 2, run.err.constData());
        QVERIFY2(run.isOneErrorLine(), run.err.constData());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void inspectsABundle() {
        const auto run = runProgram({"inspect", m_bundle});
        QCOMPARE(run.exitCode, 0);
        for (const char* part : {"spectrogram-generator", "text encoder", "note spectra"})
            QVERIFY2(run.out.contains(part), run.out.constData());
    }

    // Sound files may come from anyone.
    void inspectsHostileRecipes() {
        const QString file = m_temporary.filePath("hostile.wav");
        const n2m::audio::Clip clip{std::vector<float>(2400, 0.1f), 24000, 1};
        const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
        for (const std::string& recipe :
             {deep, std::string("{"), std::string("hello"), std::string(R"({"a": 1e999})")}) {
            n2m::audio::Metadata metadata;
            metadata.recipe = recipe;
            n2m::audio::writeSoundFile(file.toStdString(), clip, n2m::audio::SampleFormat::Pcm16, metadata);
            const auto run = runProgram({"inspect", file});
            QCOMPARE(run.exitCode, 1);
            QVERIFY2(run.isOneErrorLine() && run.err.contains("hostile.wav: its recipe "), run.err.constData());
        }
    }

    // A script that reads truncated results must learn that they are incomplete.
    void resultsThatCannotBeWritten() {
        QProcess shell;
        shell.start("sh",
                    {"-c", "exec '" N2M_BINARY_DIR "/bin/noise2music' inspect --json '" + m_bundle + "' > /dev/full"});
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.exitCode(), 1);
        QVERIFY(shell.readAllStandardError().startsWith("noise2music: "));
    }
};

QTEST_GUILESS_MAIN(GenerateVerbTest)
#include "GenerateVerbTest.moc"
