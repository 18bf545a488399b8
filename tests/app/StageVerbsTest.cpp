#include "tests/app/ProgramRun.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/SoundFile.h"
#include "engine/model/SafetensorsHeader.h"
#include "tests/support/TinyBundle.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <numbers>

using namespace n2m;
using test::runProgram;

/// The verbs that run a part of a cascade: `vocode`, `upsample`, `embed`, `bench`, and the refusals of `train`.
class StageVerbsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    QString m_bundle = m_temporary.filePath("bundle"), m_bare = m_temporary.filePath("bare");
    QString m_sine = m_temporary.filePath("sine.wav");

    static constexpr double frequency = 440.0;

    static QByteArray contents(const QString& file) {
        QFile opened(file);
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

    static audio::Clip sine(int rate, int channels, double seconds) {
        audio::Clip clip;
        clip.sampleRate = rate;
        clip.channels = channels;
        for (int frame = 0; frame < static_cast<int>(seconds * rate); ++frame) {
            for (int channel = 0; channel < channels; ++channel)
                clip.samples.push_back(
                    static_cast<float>(0.1 * std::sin(2.0 * std::numbers::pi * frequency * frame / rate)));
        }
        return clip;
    }

    // The share of a clip's power at the sine's frequency: its projection on sine and cosine, a twentieth of
    // a second at a time, as Griffin-Lim lets phases drift.
    static double purity(const audio::Clip& clip) {
        const auto block = static_cast<std::size_t>(clip.sampleRate / 20);
        double there = 0.0, power = 0.0;
        for (std::size_t start = 0; start + block <= clip.samples.size(); start += block) {
            double sineSum = 0.0, cosineSum = 0.0;
            for (std::size_t n = start; n < start + block; ++n) {
                const double phase = 2.0 * std::numbers::pi * frequency * static_cast<double>(n) / clip.sampleRate;
                sineSum += clip.samples[n] * std::sin(phase);
                cosineSum += clip.samples[n] * std::cos(phase);
                power += clip.samples[n] * clip.samples[n];
            }
            there += 2.0 * (sineSum * sineSum + cosineSum * cosineSum) / static_cast<double>(block);
        }
        return there / power;
    }

private Q_SLOTS:
    void initTestCase() {
        test::makeTinyBundle(m_bundle.toStdString());
        test::makeTinyBundle(m_bare.toStdString(),
                             {.spectrogramRoute = false, .superResolution = false, .planner = false});
        audio::writeSoundFile(m_sine.toStdString(), sine(44100, 2, 2.0));
    }

    void vocodesByGriffinLim() {
        const QString out = m_temporary.filePath("out.wav");
        const auto run = runProgram({"vocode", m_sine, "-o", out, "--vocoder", "griffin-lim"}, {m_temporary.path()});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY(run.err.isEmpty() && run.out.startsWith(out.toUtf8()));
        const audio::Clip clip = audio::readSoundFile(out.toStdString());
        QCOMPARE(clip.sampleRate, 16000);
        QCOMPARE(clip.channels, 1);
        QCOMPARE(clip.samples.size(), std::size_t(32000));
        const double loudness = audio::integratedLoudness(sine(16000, 1, 2.0));
        QVERIFY(std::abs(audio::integratedLoudness(clip) - loudness) < 0.5);
        QVERIFY2(purity(clip) > 0.5, qPrintable(QString::number(purity(clip))));
    }

    void vocodesByTheBundlesVocoder() {
        const auto vocode = [&](const char* name, const char* seed) {
            const QString out = m_temporary.filePath(name);
            const auto run = runProgram({"vocode", m_sine, "-o", out, "--bundle", m_bundle, "--seed", seed, "--json"});
            if (run.exitCode != 0) qWarning("%s", run.err.constData());
            const QJsonObject facts = QJsonDocument::fromJson(run.out).object();
            if (facts["method"] != "the vocoder" || facts["sampleRate"] != 16000) return QByteArray();
            return contents(out);
        };
        const QByteArray first = vocode("a.flac", "1");
        QVERIFY(!first.isEmpty());
        QVERIFY(vocode("b.flac", "1") == first);
        QVERIFY(vocode("c.flac", "2") != first);
        QCOMPARE(audio::soundFileInfo(m_temporary.filePath("a.flac").toStdString()).frames, std::size_t(32000));
    }

    void upsamplesByFourier() {
        const QString out = m_temporary.filePath("high.wav");
        const auto run = runProgram({"upsample", m_sine, "-o", out, "--super-resolution", "fourier"});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const audio::Clip clip = audio::readSoundFile(out.toStdString()), expected = sine(24000, 1, 2.0);
        QCOMPARE(clip.sampleRate, 24000);
        QCOMPARE(clip.samples.size(), expected.samples.size());
        for (std::size_t n = 4800; n < clip.samples.size() - 4800; ++n) // the resampler's mirroring distorts the ends
            QVERIFY(std::abs(clip.samples[n] - expected.samples[n]) < 1e-3f);
    }

    void upsamplesByTheBundle() {
        const QString out = m_temporary.filePath("super.wav");
        const auto run = runProgram({"upsample", m_sine, "-o", out, "--bundle", m_bundle, "--steps", "1", "--json"});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(QJsonDocument::fromJson(run.out).object()["method"].toString(), QString("the super-resolution"));
        const auto info = audio::soundFileInfo(out.toStdString());
        QCOMPARE(info.sampleRate, 24000);
        QCOMPARE(info.frames, std::size_t(48000));
    }

    void embedsWordsAndSoundTogether() {
        const QTemporaryDir folder;
        n2m::test::makeTinyEmbedding(folder.filePath("joint").toStdString());
        const QString out = folder.filePath("vectors.json");
        const QStringList arguments{"embed",   "a slow", "piano", "--embedding", folder.filePath("joint"),
                                    "--audio", m_sine};
        auto run = runProgram(arguments);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const auto json = nlohmann::json::parse(run.out.toStdString());
        QCOMPARE(json["text"]["prompt"].get<std::string>(), std::string("a slow piano"));
        QCOMPARE(json["text"]["vector"].size(), json["dimensions"].get<std::size_t>());
        const double near = json["sounds"][0]["similarity"].get<double>();
        QVERIFY(near >= -1.0 && near <= 1.0);
        run = runProgram(arguments + QStringList{"-o", out});
        QVERIFY2(run.exitCode == 0 && run.out.contains("similarity"), run.err.constData());
        QVERIFY(nlohmann::json::parse(contents(out).toStdString()) == json);
    }

    void embeds() {
        const QString out = m_temporary.filePath("prompt.safetensors");
        const auto run = runProgram({"embed", "a slow", "piano", "--bundle", m_bundle, "-o", out, "--json"});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const QByteArray bytes = contents(out);
        const model::SafetensorsHeader header =
            model::readSafetensorsHeader({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        QCOMPARE(header.metadata.at("prompt"), std::string("a slow piano"));
        const auto& tokens = header.tensors.at("tokens");
        const auto& embeddings = header.tensors.at("embeddings");
        QVERIFY(tokens.type == model::DataType::I64 && embeddings.type == model::DataType::F32);
        QCOMPARE(tokens.shape.size(), std::size_t(1));
        QVERIFY(tokens.shape[0] > 1);
        QVERIFY(embeddings.shape == (std::vector<std::int64_t>{tokens.shape[0], 16}));
        const QJsonObject facts = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(facts["tokens"].toInt(), static_cast<int>(tokens.shape[0]));
        QCOMPARE(facts["promptCut"].toBool(), false);

        QVERIFY(runProgram({"embed", "a slow piano", "--bundle", m_bundle, "-o", out}).exitCode == 0);
        QVERIFY(contents(out) == bytes);
        QVERIFY(runProgram({"embed", "a fast piano", "--bundle", m_bundle, "-o", out}).exitCode == 0);
        QVERIFY(contents(out) != bytes);
    }

    void measures() {
        const auto run = runProgram({"bench", "--seconds", "1", "--bundle", m_bundle, "--json"});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const QJsonObject facts = QJsonDocument::fromJson(run.out).object();
        QVERIFY(facts["peakGigaflops"].toDouble() > 1.0);
        const QJsonArray stages = facts["stages"].toArray();
        QCOMPARE(stages.size(), 3);
        for (const auto& value : stages) {
            const QJsonObject stage = value.toObject();
            QCOMPARE(stage["steps"].toInt(), 2);
            const double flops = 2.0 * stage["multiplyAddsPerStep"].toDouble() * 2 / stage["seconds"].toDouble();
            QVERIFY(flops > 0.0 && std::abs(stage["gigaflops"].toDouble() * 1e9 / flops - 1.0) < 1e-6);
            QVERIFY(stage["shareOfPeak"].toDouble() > 0.0 && stage["shareOfPeak"].toDouble() < 1.5);
        }
        QCOMPARE(facts["musicSeconds"].toDouble(), 1.0);
        QCOMPARE(facts["realTimeFactor"].toDouble(), facts["seconds"].toDouble());
    }

    void badInputIsOneLine_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        const auto row = [](const char* name, const QStringList& arguments, const QByteArray& named) {
            QTest::newRow(name) << arguments << named;
        };
        QFile text(m_temporary.filePath("words.wav"));
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("hello") == 5);
        const QStringList vocode{"vocode", m_sine, "-o", "out.wav"}, upsample{"upsample", m_sine, "-o", "out.wav"};
        row("no input", {"vocode", "-o", "out.wav"}, "input");
        row("no output", {"vocode", m_sine}, "-o");
        row("missing input", {"vocode", "none.wav", "-o", "out.wav"}, "none.wav");
        row("no sound", {"upsample", text.fileName(), "-o", "out.wav"}, "words.wav");
        row("a folder", {"vocode", m_temporary.path(), "-o", "out.wav"}, "not a file");
        row("unknown format", {"vocode", m_sine, "-o", "out.mp3"}, "out.mp3");
        row("output in no folder", {"upsample", m_sine, "-o", "no/out.wav"}, "no");
        row("output a folder", {"upsample", m_sine, "-o", "/proc.wav/"}, "/proc.wav");
        row("output not writable", {"vocode", m_sine, "-o", "/proc/out.wav"}, "/proc");
        row("no such vocoder", vocode + QStringList{"--vocoder", "magic"}, "magic");
        row("no such super-resolution", upsample + QStringList{"--super-resolution", "magic"}, "magic");
        row("steps zero", vocode + QStringList{"--steps", "0"}, "steps");
        row("steps a word", vocode + QStringList{"--steps", "many"}, "steps");
        row("seed negative", vocode + QStringList{"--seed", "-1"}, "seed");
        row("gamma NaN", upsample + QStringList{"--gamma", "nan"}, "gamma");
        row("sampler", upsample + QStringList{"--sampler", "euler"}, "euler");
        row("temperature of Griffin-Lim", vocode + QStringList{"--vocoder", "griffin-lim", "--temperature", "0.5"},
            "temperature");
        row("temperature negative", upsample + QStringList{"--temperature", "-1"}, "temperature");
        row("sampler of Griffin-Lim", vocode + QStringList{"--vocoder", "griffin-lim", "--sampler", "ddim"}, "sampler");
        row("missing bundle", vocode + QStringList{"--bundle", "no/bundle"}, "no/bundle");
        row("bundle without vocoder", vocode + QStringList{"--bundle", m_bare, "--vocoder", "diffusion"}, "vocoder");
        row("bundle without super-resolution",
            upsample + QStringList{"--bundle", m_bare, "--super-resolution", "diffusion"}, "super-resolution");
        row("device", vocode + QStringList{"--bundle", m_bundle, "--device", "abacus"}, "abacus");
        const QStringList embed{"embed", "-o", "out.safetensors", "--bundle", m_bundle};
        row("nothing to embed", embed + QStringList{""}, "prompt");
        row("too much to embed", embed + QStringList{QString(100'000, 'a')}, "prompt");
        row("embedding nowhere", {"embed", "piano", "-o", "", "--bundle", m_bundle}, "-o");
        row("bench NaN", {"bench", "--seconds", "nan", "--bundle", m_bundle}, "seconds");
        row("bench threads", {"bench", "--threads", "-1", "--bundle", m_bundle}, "threads");
        row("bench device", {"bench", "--device", "abacus", "--bundle", m_bundle}, "abacus");
        row("bench bundle", {"bench", "--bundle", "no/bundle"}, "no/bundle");
        row("train without data",
            {"train", "vocoder", "--config", N2M_SOURCE_DIR "/assets/training/cascade.json", "-o", "out"}, "--data");
        row("train without configuration", {"train", "vocoder", "--data", "data", "-o", "out"}, "--config");
        row("train text on data", {"train", "text", "--data", "data", "-o", "out"}, "--data");
        row("embed nothing", {"embed", "--bundle", m_bundle, "-o", "out.safetensors"}, "--audio");
        row("embed nowhere", {"embed", "piano", "--bundle", m_bundle}, "-o");
        row("embed jointly nothing", {"embed", "--joint", "--bundle", m_bundle}, "--audio");
        row("teacher of a stage", {"train", "vocoder", "--teacher", "t", "-o", "out"}, "--teacher");
        row("train note-spectra on data", {"train", "note-spectra", "--data", "data", "-o", "out"}, "--data");
        row("train text under stages", {"train", "text", "-o", m_bundle}, "another folder");
        row("train text steps", {"train", "text", "-o", "out", "--steps", "-1"}, "steps");
    }

    void badInputIsOneLine() {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, named);
        const QTemporaryDir folder;
        const auto run = runProgram(arguments, {folder.path()});
        QVERIFY2(run.isOneErrorLine(), run.err.left(1000).constData());
        QVERIFY2(run.err.contains(named), run.err.constData());
        QCOMPARE(run.exitCode, 2);
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void fullDiskLeavesTheOldFile_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("vocode") << QStringList{"vocode", m_sine, "--vocoder", "griffin-lim", "-o", "old.wav"};
        QTest::newRow("upsample") << QStringList{"upsample", m_sine, "--super-resolution", "fourier", "-o", "old.wav"};
        QTest::newRow("embed") << QStringList{
            "embed", QString("piano ").repeated(100), "--bundle", m_bundle, "-o", "old.safetensors"};
    }

    void fullDiskLeavesTheOldFile() {
        QFETCH(QStringList, arguments);
        const QTemporaryDir folder;
        QFile old(folder.filePath(arguments.last()));
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
        old.close();
        const auto run = runProgram(arguments, {.folder = folder.path(), .variables = {}, .largestFile = 512});
        QCOMPARE(run.exitCode, 1);
        QVERIFY2(run.isOneErrorLine() && run.err.contains("old."), run.err.constData());
        QCOMPARE(contents(old.fileName()), QByteArray("old"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
};

QTEST_GUILESS_MAIN(StageVerbsTest)
#include "StageVerbsTest.moc"
