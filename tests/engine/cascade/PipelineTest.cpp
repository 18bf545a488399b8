#include "tests/engine/cascade/PipelineFixture.h"

#include <nlohmann/json.hpp>

using namespace n2m;
using namespace n2m::test;

/// Requests and the clips that a pipeline makes of them.
class PipelineTest : public QObject, private PipelineFixture {
    Q_OBJECT

private Q_SLOTS:
    void spectrogramRoute() {
        const Generation generation = run(request());
        verifyFinished(generation, 1.3);
        QCOMPARE(generation.spectrogramBands, 80);
        QCOMPARE(generation.spectrogram.size(), std::size_t(80 * 130));
        for (const float value : generation.spectrogram)
            QVERIFY(value >= -1.0f && value <= 1.0f);
        QVERIFY(generation.plan.has_value());
        QVERIFY(generation.promptTokens > 1 && !generation.promptCut);
        QCOMPARE(generation.timings.size(), std::size_t(3));
        QCOMPARE(generation.timings[0].stage, std::string("spectrogram-generator"));
        QCOMPARE(generation.timings[1].stage, std::string("vocoder"));
        QCOMPARE(generation.timings[2].stage, std::string("super-resolution"));
    }

    void waveformRoute() {
        Request wanted = request();
        wanted.route = "waveform";
        const Generation generation = run(wanted);
        verifyFinished(generation, 1.3);
        QVERIFY(generation.spectrogram.empty());
        QVERIFY(!generation.plan.has_value()); // the tiny waveform generator takes none
        QCOMPARE(generation.timings[0].stage, std::string("waveform-generator"));
        QCOMPARE(generation.timings[1].stage, std::string("waveform-cascader"));
        QVERIFY(generation.clip.samples != run(request()).clip.samples);
    }

    void griffinLimAndFourier() {
        Request wanted = request();
        wanted.vocoder = "griffin-lim";
        wanted.superResolution = "fourier";
        const Generation generation = run(wanted);
        verifyFinished(generation, 1.3);
        QCOMPARE(generation.timings[1].stage, std::string("griffin-lim"));
        QCOMPARE(generation.timings[2].stage, std::string("fourier"));
        // The spectrogram does not depend on what is made of it.
        QVERIFY(generation.spectrogram == run(request()).spectrogram);
    }

    void aVocoderMayMakeSpectra() {
        Pipeline pipeline(bundleWith("spectra", {.waveformRoute = false, .spectrumVocoder = true}));
        Request wanted = request();
        wanted.superResolution = "fourier";
        Recorder monitor;
        const Generation generation = pipeline.run(wanted, monitor);
        verifyFinished(generation, 1.3);
        QCOMPARE(generation.timings.size(), std::size_t(4));
        QCOMPARE(generation.timings[1].stage, std::string("vocoder"));
        QCOMPARE(generation.timings[2].stage, std::string("sound-of-spectrum"));
        QVERIFY(generation.timings[2].steps > 1);
        QCOMPARE(monitor.seen.back().stageIndex, 3);

        // The second part is heard of, iteration by iteration, and may be cancelled.
        int heard = 0;
        monitor.cancelAt = [&](const Progress& progress) {
            if (progress.stage == "sound-of-spectrum") ++heard;
            return heard == 5;
        };
        QVERIFY_EXCEPTION_THROWN(pipeline.run(wanted, monitor), Cancelled);
        QCOMPARE(monitor.seen.back().step, 4);
        QCOMPARE(monitor.seen.back().steps, generation.timings[2].steps);

        monitor.cancelAt = {};
        const audio::Clip sound = pipeline.vocode(generation.spectrogram, 80, 1, {}, monitor);
        QCOMPARE(sound.sampleRate, 24000);
        QCOMPARE(sound.samples.size(), std::size_t(130 * 240));
        QCOMPARE(monitor.seen.back().stageIndex, 1);
        QCOMPARE(monitor.seen.back().step, generation.timings[2].steps);
    }

    void lengthsAreExact() {
        for (const double seconds : {1.0, 1.00003, 1.23456, 2.5}) {
            Request wanted = request();
            wanted.seconds = seconds;
            wanted.vocoder = "griffin-lim";
            verifyFinished(run(wanted), seconds);
        }
    }

    void sameRequestSameSamples() {
        const Generation first = run(request()), second = run(request());
        QVERIFY(first.clip.samples == second.clip.samples);
        QCOMPARE(first.recipe, second.recipe);
        Pipeline another(wholeBundle());
        Recorder monitor;
        QVERIFY(another.run(request(), monitor).clip.samples == first.clip.samples);
    }

    void whatIsAskedForMatters() {
        const std::vector<float> base = run(request()).clip.samples;
        const auto differs = [&](const std::function<void(Request&)>& change) {
            Request wanted = request();
            change(wanted);
            return run(wanted).clip.samples != base;
        };
        QVERIFY(differs([](Request& r) { r.prompt = "fast techno"; }));
        QVERIFY(differs([](Request& r) { r.negativePrompt = "drums"; }));
        QVERIFY(differs([](Request& r) { r.seed = 6; })); // a variation is another seed
        QVERIFY(differs([](Request& r) { r.plan = false; }));
        QVERIFY(differs([](Request& r) { r.bpm = 190.0; }));
        QVERIFY(differs([](Request& r) { r.key = "C# minor"; }));
        QVERIFY(differs([](Request& r) { r.stages = {{5, {}, {}, {}, {}, {}}}; }));
        QVERIFY(differs([](Request& r) { r.stages = {{{}, "ancestral", {}, {}, {}, {}}}; }));
        QVERIFY(differs([](Request& r) { r.stages = {{}, {}, {{}, {}, "karras", {}, {}, {}}}; }));
        QVERIFY(differs([](Request& r) { r.stages = {{{}, {}, {}, {}, 4.0, {}}}; }));
        QVERIFY(differs([](Request& r) { r.stages = {{{}, {}, {}, {}, {}, 4.0}}; }));
        // A blank negative prompt is none.
        QVERIFY(!differs([](Request& r) { r.negativePrompt = " \n"; }));
    }

    void planIsGivenWishedOrHidden() {
        Request wanted = request();
        wanted.bpm = 90.0;
        wanted.key = "A minor";
        wanted.chords = "Am F C G";
        const Generation wished = run(wanted);
        QCOMPARE(wished.plan->bpm, 90.0);
        QVERIFY(wished.plan->key == (plan::Key{9, true}));
        QCOMPARE(wished.plan->chords.front().chord.symbol, std::string("Am"));

        Request given = request();
        given.givenPlan = wished.plan;
        const Generation again = run(given);
        QVERIFY(again.plan == wished.plan);
        QVERIFY(again.clip.samples == wished.clip.samples);

        Request hidden = request();
        hidden.plan = false;
        QVERIFY(!run(hidden).plan.has_value());
        QVERIFY(nlohmann::json::parse(run(hidden).recipe)["plan"].is_null());
    }

    void spectrogramOnly() {
        Request wanted = request();
        wanted.spectrogramOnly = true;
        const Generation generation = run(wanted);
        QVERIFY(generation.clip.samples.empty());
        QVERIFY(generation.spectrogram == run(request()).spectrogram);
        QCOMPARE(generation.timings.size(), std::size_t(1));
    }

    void recipeHasEveryDefault() {
        Request wanted = request();
        wanted.stages = {{3, {}, {}, {}, {}, {}}};
        const auto recipe = nlohmann::json::parse(run(wanted).recipe);
        QCOMPARE(recipe["prompt"].get<std::string>(), wanted.prompt);
        QCOMPARE(recipe["seed"].get<int>(), 5);
        QCOMPARE(recipe["vocoder"].get<std::string>(), std::string("diffusion"));
        QCOMPARE(recipe["stages"].size(), std::size_t(3));
        QCOMPARE(recipe["stages"][0]["steps"].get<int>(), 3);
        QCOMPARE(recipe["stages"][0]["guidance"].get<double>(), 2.0);
        QCOMPARE(recipe["stages"][1]["steps"].get<int>(), 2);
        QCOMPARE(recipe["stages"][2]["sampler"].get<std::string>(), std::string("dpmpp"));
        QVERIFY(recipe["plan"]["bpm"].get<double>() > 0.0);
        QVERIFY(!recipe["bundle"]["hash"].get<std::string>().empty());
        QVERIFY(!recipe["version"].get<std::string>().empty());
        QCOMPARE(recipe["device"].get<std::string>(), std::string("cpu"));
    }

    void longPromptsAreCut() {
        std::string words;
        for (int word = 0; word < 60; ++word)
            words += "piano ";
        const Generation generation = run(request(words.c_str()));
        QVERIFY(generation.promptCut);
        QVERIFY(generation.promptTokens > 24);
        verifyFinished(run(request("🎹🔥 müde 音楽")), 1.3);
    }
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "PipelineTest.moc"
