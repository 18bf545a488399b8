#include "tests/engine/cascade/PipelineFixture.h"

#include "engine/audio/GriffinLim.h"
#include "engine/audio/LogMel.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"

#include <algorithm>
#include <cmath>

using namespace n2m;
using namespace n2m::test;
namespace fs = std::filesystem;

/// Sound from outside: a repaint, and steps that run alone.
class PipelineStagesTest : public QObject, private PipelineFixture {
    Q_OBJECT

private Q_SLOTS:
    // In a clip of the cascade's own, with the plan in its recipe, everything outside the range stays. The recipe of
    // the result makes it again.
    void aRangeIsRepainted() {
        Request wanted = request();
        wanted.seconds = 3.0;
        const Generation first = run(wanted);
        const fs::path files = folder();
        audio::Metadata metadata;
        metadata.recipe = first.recipe;
        audio::writeSoundFile(files / "first.wav", first.clip, audio::SampleFormat::Float32, metadata);

        wanted.seed = 77;
        wanted.repaint = {"first.wav", 1.0, 2.0, files};
        const Generation second = run(wanted);
        const std::vector<float>&before = first.clip.samples, &after = second.clip.samples;
        QCOMPARE(after.size(), before.size());
        QVERIFY(std::equal(before.begin(), before.begin() + 24'000, after.begin()));
        QVERIFY(std::equal(before.begin() + 48'000, before.end(), after.begin() + 48'000));
        QVERIFY(!std::equal(before.begin() + 24'000, before.begin() + 48'000, after.begin() + 24'000));
        QCOMPARE(second.plan->bpm, first.plan->bpm);
        // Outside the range the generator leaves the sound's own spectrogram.
        const audio::LogMel analysis;
        audio::Clip heard = first.clip;
        audio::normaliseLoudness(heard, -16.0, 100.0);
        const std::vector<float> expected = analysis.analyse(audio::resample(heard, 16000).samples);
        for (std::size_t band = 0; band < 80; ++band)
            QVERIFY(std::abs(second.spectrogram[band * 300 + 50] - expected[band * 300 + 50]) < 1e-3f);

        Request again = requestOfRecipe(second.recipe);
        QVERIFY(again.repaint && again.repaint->file == "first.wav" && again.repaint->from == 1.0);
        again.repaint->folder = files;
        QVERIFY(run(again).clip.samples == after);

        Request longer = request();
        longer.seconds = 4.0;
        longer.repaint = {"first.wav", 3.0 - Repaint::overlap, 4.0, files};
        const Generation third = run(longer);
        QCOMPARE(third.clip.samples.size(), std::size_t(96'000));
        QVERIFY(std::equal(before.begin(), before.begin() + 69'600, third.clip.samples.begin()));
        QCOMPARE(third.plan->seconds, 4.0);

        wanted.repaint->file = "gone.wav";
        QVERIFY2(failure([&] { run(wanted); }).contains("gone.wav"), "the file is named");
    }

    void stagesOneByOne() {
        Recorder monitor;
        const Generation generation = run(request());
        const audio::Clip sound = pipeline().vocode(generation.spectrogram, 80, 1, {}, monitor);
        QCOMPARE(sound.sampleRate, 16000);
        QCOMPARE(sound.samples.size(), std::size_t(130 * 160));
        StageSettings four;
        four.steps = 4;
        QVERIFY(pipeline().vocode(generation.spectrogram, 80, 1, four, monitor).samples != sound.samples);
        QVERIFY(pipeline().vocode(generation.spectrogram, 80, 2, {}, monitor).samples != sound.samples);

        audio::Clip quiet = sound;
        for (float& sample : quiet.samples)
            sample *= 0.01f;
        const audio::Clip loud = pipeline().upsample(sound, 1, {}, monitor),
                          soft = pipeline().upsample(quiet, 1, {}, monitor);
        QCOMPARE(loud.sampleRate, 24000);
        QCOMPARE(loud.samples.size(), sound.samples.size() * 3 / 2);
        // The network always hears the same loudness, and the sound gets its own back.
        const double ratio = audio::integratedLoudness(loud) - audio::integratedLoudness(soft);
        QVERIFY2(std::abs(ratio - 40.0) < 0.5, qPrintable(QString::number(ratio)));

        QVERIFY(failure([&] { pipeline().vocode({0.5f, 0.5f}, 80, 1, {}, monitor); }).contains("80 bands"));
        QVERIFY(
            failure([&] { pipeline().vocode(std::vector<float>(80, NAN), 80, 1, {}, monitor); }).contains("finite"));
        QVERIFY(failure([&] { pipeline().upsample(loud, 1, {}, monitor); }).contains("16000"));
        four.steps = 0;
        QVERIFY(failure([&] { pipeline().upsample(sound, 1, four, monitor); }).contains("steps"));
    }

    void silenceIsNoError() {
        Recorder monitor;
        const audio::Clip silence{std::vector<float>(16000, 0.0f), 16000, 1};
        QCOMPARE(pipeline().upsample(silence, 1, {}, monitor).samples.size(), std::size_t(24000));
        QCOMPARE(pipeline().vocode(std::vector<float>(80 * 50, -1.0f), 80, 1, {}, monitor).samples.size(),
                 std::size_t(8000));
    }

    // The computations run without a bundle, and as they do in a route.
    void stepsWithoutABundle() {
        Recorder monitor;
        const std::vector<float> spectrogram = run(request()).spectrogram;
        StageSettings four;
        four.steps = 4;
        const audio::Clip sound = Pipeline::vocodeByGriffinLim(spectrogram, 80, 3, four, monitor);
        QCOMPARE(sound.sampleRate, 16000);
        QVERIFY(sound.samples == audio::griffinLim(spectrogram, audio::MelConfig(), 4, 3));
        QCOMPARE(monitor.seen.back().stage, std::string("griffin-lim"));
        QCOMPARE(monitor.seen.back().step, 4);
        const audio::Clip high = Pipeline::upsampleByFourier(sound, monitor);
        QVERIFY(high.samples == audio::resample(sound, 24000).samples);
        QVERIFY(failure([&] { Pipeline::vocodeByGriffinLim({0.5f, 0.5f}, 80, 1, {}, monitor); }).contains("80 bands"));
    }
};

QTEST_GUILESS_MAIN(PipelineStagesTest)
#include "PipelineStagesTest.moc"
