#include "engine/Pipeline.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <functional>
#include <numeric>

using namespace n2m;
namespace fs = std::filesystem;

namespace {

struct Recorder : Monitor {
    std::vector<Progress> seen;
    std::function<bool(const Progress&)> cancelAt;
    void step(const Progress& progress) override {
        seen.push_back(progress);
        if (cancelAt && cancelAt(progress)) throw Cancelled();
    }
};

Request request(const char* prompt = "a slow piano ballad") {
    Request result;
    result.prompt = prompt;
    result.seed = 5;
    result.seconds = 1.3;
    return result;
}

// The message of what `work` throws, which is to be one line; empty if it throws nothing.
QString failure(const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        const QString message = error.what();
        return message.contains('\n') ? "MORE THAN A LINE: " + message : message;
    }
    return {};
}

} // namespace

class PipelineTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path m_bundle;
    std::unique_ptr<Pipeline> m_pipeline;

    Generation run(const Request& wanted) {
        Recorder monitor;
        return m_pipeline->run(wanted, monitor);
    }

    fs::path bundleWith(const char* name, const test::TinyBundle& parts) {
        const fs::path folder = fs::path(m_folder.path().toStdString()) / name;
        test::makeTinyBundle(folder, parts);
        return folder;
    }

    void finished(const Generation& generation, double seconds) {
        const audio::Clip& clip = generation.clip;
        QCOMPARE(clip.sampleRate, 24000);
        QCOMPARE(clip.channels, 1);
        QCOMPARE(clip.samples.size(), static_cast<std::size_t>(std::llround(seconds * 24000)));
        const double mean =
            std::accumulate(clip.samples.begin(), clip.samples.end(), 0.0) / static_cast<double>(clip.samples.size());
        QVERIFY(std::abs(mean) < 1e-4);
        QVERIFY(std::abs(clip.samples.front()) < 1e-6f && std::abs(clip.samples.back()) < 1e-6f);
        const double loudness = audio::integratedLoudness(clip), peak = audio::truePeak(clip);
        QVERIFY2(peak < -0.9, qPrintable(QString::number(peak)));
        QVERIFY2(std::abs(loudness + 16.0) < 0.2 || (loudness < -16.0 && peak > -1.1),
                 qPrintable(QString::number(loudness)));
    }

private Q_SLOTS:
    void initTestCase() {
        m_bundle = bundleWith("whole", {});
        m_pipeline = std::make_unique<Pipeline>(m_bundle);
    }

    void spectrogramRoute() {
        const Generation generation = run(request());
        finished(generation, 1.3);
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

    // Watched, a clip is the same; what is shown of it gets to be what it is.
    void estimatesOfWhatIsMade() {
        struct Watcher : Recorder {
            std::vector<Estimate> estimates;
            bool wantsEstimates() const override { return true; }
            void estimate(Estimate estimate) override { estimates.push_back(std::move(estimate)); }
            std::optional<plan::Plan> plan;
            void planned(const plan::Plan& made) override {
                QVERIFY(estimates.empty()); // it stands before anything is made
                plan = made;
            }
        } monitor;
        const Request wanted = request();
        const Generation watched = m_pipeline->run(wanted, monitor);
        const Generation alone = run(wanted);
        QVERIFY(watched.clip.samples == alone.clip.samples);
        QVERIFY(watched.recipe == alone.recipe);
        QVERIFY(monitor.plan && monitor.plan == watched.plan);

        std::vector<std::string> shown;
        for (const Estimate& estimate : monitor.estimates) {
            shown.push_back(estimate.stage + (estimate.finished ? " result" : ""));
            QCOMPARE(estimate.seconds, 1.3);
            if (estimate.stage == "spectrogram-generator") {
                QCOMPARE(estimate.bands, 80);
                QCOMPARE(estimate.spectrogram.size(), std::size_t(80 * 130));
                QVERIFY(estimate.sound.empty());
                for (const float value : estimate.spectrogram)
                    QVERIFY(value >= -1.0f && value <= 1.0f);
                // A guess after the first step, the very result in the end.
                QCOMPARE(estimate.spectrogram == watched.spectrogram, estimate.finished);
            } else {
                QVERIFY(estimate.spectrogram.empty());
                QVERIFY(estimate.sampleRate > 0);
                QCOMPARE(estimate.sound.size(), static_cast<std::size_t>(std::ceil(1.3 * estimate.sampleRate)));
            }
        }
        // The first step and the result of every stage at least; the steps between are a matter of time.
        for (const char* stage : {"spectrogram-generator", "vocoder", "super-resolution"}) {
            QVERIFY2(std::count(shown.begin(), shown.end(), stage) >= 1, stage);
            QCOMPARE(std::count(shown.begin(), shown.end(), std::string(stage) + " result"),
                     stage == std::string("super-resolution") ? 0 : 1);
        }
    }

    void waveformRoute() {
        Request wanted = request();
        wanted.route = "waveform";
        const Generation generation = run(wanted);
        finished(generation, 1.3);
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
        finished(generation, 1.3);
        QCOMPARE(generation.timings[1].stage, std::string("griffin-lim"));
        QCOMPARE(generation.timings[2].stage, std::string("fourier"));
        // The spectrogram does not depend on what is made of it.
        QVERIFY(generation.spectrogram == run(request()).spectrogram);
    }

    void lengthsAreExact() {
        for (const double seconds : {1.0, 1.00003, 1.23456, 2.5}) {
            Request wanted = request();
            wanted.seconds = seconds;
            wanted.vocoder = "griffin-lim";
            finished(run(wanted), seconds);
        }
    }

    void sameRequestSameSamples() {
        const Generation first = run(request()), second = run(request());
        QVERIFY(first.clip.samples == second.clip.samples);
        QCOMPARE(first.recipe, second.recipe);
        Pipeline another(m_bundle);
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

    // A range of a clip of the cascade's own, with the plan in its recipe: everything else stays, and the recipe of the
    // result makes it again.
    void aRangeMadeAnew() {
        Request wanted = request();
        wanted.seconds = 3.0;
        const Generation first = run(wanted);
        const fs::path folder = m_folder.path().toStdString();
        audio::Metadata metadata;
        metadata.recipe = first.recipe;
        audio::writeSoundFile(folder / "first.wav", first.clip, audio::SampleFormat::Float32, metadata);

        wanted.seed = 77;
        wanted.repaint = {"first.wav", 1.0, 2.0, folder};
        const Generation second = run(wanted);
        const std::vector<float>&before = first.clip.samples, &after = second.clip.samples;
        QCOMPARE(after.size(), before.size());
        QVERIFY(std::equal(before.begin(), before.begin() + 24'000, after.begin()));
        QVERIFY(std::equal(before.begin() + 48'000, before.end(), after.begin() + 48'000));
        QVERIFY(!std::equal(before.begin() + 24'000, before.begin() + 48'000, after.begin() + 24'000));
        QCOMPARE(second.plan->bpm, first.plan->bpm);
        // What the generator leaves where it was shown the sound is the sound's own spectrogram.
        const audio::LogMel analysis;
        audio::Clip heard = first.clip;
        audio::normaliseLoudness(heard, -16.0, 100.0);
        const std::vector<float> expected = analysis.analyse(audio::resample(heard, 16000).samples);
        for (std::size_t band = 0; band < 80; ++band)
            QVERIFY(std::abs(second.spectrogram[band * 300 + 50] - expected[band * 300 + 50]) < 1e-3f);

        Request again = requestOfRecipe(second.recipe);
        QVERIFY(again.repaint && again.repaint->file == "first.wav" && again.repaint->from == 1.0);
        again.repaint->folder = folder;
        QVERIFY(run(again).clip.samples == after);

        Request longer = request();
        longer.seconds = 4.0;
        longer.repaint = {"first.wav", 3.0 - Repaint::overlap, 4.0, folder};
        const Generation third = run(longer);
        QCOMPARE(third.clip.samples.size(), std::size_t(96'000));
        QVERIFY(std::equal(before.begin(), before.begin() + 69'600, third.clip.samples.begin()));
        QCOMPARE(third.plan->seconds, 4.0);

        wanted.repaint->file = "gone.wav";
        QVERIFY2(failure([&] { run(wanted); }).contains("gone.wav"), "the file is named");
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
        finished(run(request("🎹🔥 müde 音楽")), 1.3);
    }

    void progressRunsThroughEveryStep() {
        Recorder monitor;
        m_pipeline->run(request(), monitor);
        QStringList heard;
        for (const Progress& progress : monitor.seen) {
            heard << QString("%1 %2/%3")
                         .arg(QString::fromStdString(progress.stage))
                         .arg(progress.step)
                         .arg(progress.steps);
        }
        QCOMPARE(heard, QStringList({"planning 0/0", "spectrogram-generator 0/2", "spectrogram-generator 1/2",
                                     "spectrogram-generator 2/2", "vocoder 0/2", "vocoder 1/2", "vocoder 2/2",
                                     "super-resolution 0/2", "super-resolution 1/2", "super-resolution 2/2"}));
        QCOMPARE(monitor.seen.back().stageIndex, 2);
        QCOMPARE(monitor.seen.back().stageCount, 3);
        QVERIFY(monitor.seen[2].secondsLeft > 0.0);
        QVERIFY(monitor.seen.back().secondsLeft == 0.0);

        Recorder loading;
        Pipeline another(m_bundle, "cpu", 1, &loading);
        QVERIFY(!loading.seen.empty());
        QCOMPARE(loading.seen.front().stage, std::string("loading"));
    }

    void cancelledBetweenAnyTwoSteps() {
        const std::vector<float> base = run(request()).clip.samples;
        for (const char* stage : {"planning", "spectrogram-generator", "vocoder", "super-resolution"}) {
            Recorder monitor;
            monitor.cancelAt = [&](const Progress& progress) {
                return progress.stage == stage && (progress.steps == 0 || progress.step == 1);
            };
            QVERIFY_EXCEPTION_THROWN(m_pipeline->run(request(), monitor), Cancelled);
            QCOMPARE(monitor.seen.back().stage, std::string(stage)); // it stopped there
        }
        Recorder griffinLim;
        griffinLim.cancelAt = [](const Progress& progress) {
            return progress.stage == "griffin-lim" && progress.step == 3;
        };
        Request wanted = request();
        wanted.vocoder = "griffin-lim";
        QVERIFY_EXCEPTION_THROWN(m_pipeline->run(wanted, griffinLim), Cancelled);
        // And the pipeline is as it was.
        QVERIFY(run(request()).clip.samples == base);
    }

    void stagesOneByOne() {
        Recorder monitor;
        const Generation generation = run(request());
        const audio::Clip sound = m_pipeline->vocode(generation.spectrogram, 80, 1, {}, monitor);
        QCOMPARE(sound.sampleRate, 16000);
        QCOMPARE(sound.samples.size(), std::size_t(130 * 160));
        StageSettings four;
        four.steps = 4;
        QVERIFY(m_pipeline->vocode(generation.spectrogram, 80, 1, four, monitor).samples != sound.samples);
        QVERIFY(m_pipeline->vocode(generation.spectrogram, 80, 2, {}, monitor).samples != sound.samples);

        audio::Clip quiet = sound;
        for (float& sample : quiet.samples)
            sample *= 0.01f;
        const audio::Clip loud = m_pipeline->upsample(sound, 1, {}, monitor),
                          soft = m_pipeline->upsample(quiet, 1, {}, monitor);
        QCOMPARE(loud.sampleRate, 24000);
        QCOMPARE(loud.samples.size(), sound.samples.size() * 3 / 2);
        // The network always hears the same loudness, and the sound gets its own back.
        const double ratio = audio::integratedLoudness(loud) - audio::integratedLoudness(soft);
        QVERIFY2(std::abs(ratio - 40.0) < 0.5, qPrintable(QString::number(ratio)));

        QVERIFY(failure([&] { m_pipeline->vocode({0.5f, 0.5f}, 80, 1, {}, monitor); }).contains("80 bands"));
        QVERIFY(
            failure([&] { m_pipeline->vocode(std::vector<float>(80, NAN), 80, 1, {}, monitor); }).contains("finite"));
        QVERIFY(failure([&] { m_pipeline->upsample(loud, 1, {}, monitor); }).contains("16000"));
        four.steps = 0;
        QVERIFY(failure([&] { m_pipeline->upsample(sound, 1, four, monitor); }).contains("steps"));
    }

    void aVocoderMayMakeSpectra() {
        Pipeline pipeline(bundleWith("spectra", {.waveformRoute = false, .spectrumVocoder = true}));
        Request wanted = request();
        wanted.superResolution = "fourier";
        Recorder monitor;
        const Generation generation = pipeline.run(wanted, monitor);
        finished(generation, 1.3);
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

    void silenceIsNoError() {
        Recorder monitor;
        const audio::Clip silence{std::vector<float>(16000, 0.0f), 16000, 1};
        QCOMPARE(m_pipeline->upsample(silence, 1, {}, monitor).samples.size(), std::size_t(24000));
        QCOMPARE(m_pipeline->vocode(std::vector<float>(80 * 50, -1.0f), 80, 1, {}, monitor).samples.size(),
                 std::size_t(8000));
    }

    void badRequestsAreRefusedBeforeAnyWork() {
        Recorder monitor;
        Request wanted = request("  ");
        QVERIFY(failure([&] { m_pipeline->run(wanted, monitor); }).contains("prompt is empty"));
        QVERIFY(monitor.seen.empty());
        wanted = request();
        wanted.route = "waveform";
        wanted.bpm = 100.0;
        QVERIFY(failure([&] { m_pipeline->run(wanted, monitor); }).contains("takes no plan"));
    }

    void absentRoutesAndStages() {
        Recorder monitor;
        Pipeline spectrogram(
            bundleWith("spectrogram",
                       {.spectrogramRoute = true, .waveformRoute = false, .superResolution = false, .planner = false}));
        Request wanted = request();
        QCOMPARE(failure([&] { spectrogram.run(wanted, monitor); }),
                 QString("the bundle \"tiny\" has no super-resolution; choose \"fourier\" instead"));
        wanted.superResolution = "fourier";
        const Generation generation = spectrogram.run(wanted, monitor);
        finished(generation, 1.3);
        QVERIFY(!generation.plan.has_value()); // no planner, no wishes
        wanted.bpm = 100.0;
        QCOMPARE(spectrogram.run(wanted, monitor).plan->bpm, 100.0);
        wanted = request();
        wanted.route = "waveform";
        QCOMPARE(failure([&] { spectrogram.run(wanted, monitor); }),
                 QString("the bundle \"tiny\" has no waveform route; it has the spectrogram route"));
        QVERIFY(failure([&] {
                    spectrogram.upsample({{0.0f}, 16000, 1}, 1, {}, monitor);
                }).contains("has no super-resolution"));

        Pipeline waveform(bundleWith(
            "waveform", {.spectrogramRoute = false, .waveformRoute = true, .superResolution = true, .planner = false}));
        QVERIFY(failure([&] {
                    waveform.run(request(), monitor);
                }).contains("no spectrogram route; it has the waveform route"));
        QVERIFY(
            failure([&] { waveform.vocode(std::vector<float>(80), 80, 1, {}, monitor); }).contains("has no vocoder"));
    }

    void damagedBundlesAreOneClearLine() {
        const auto opening = [](const fs::path& bundle) { return failure([&] { Pipeline pipeline(bundle); }); };
        QVERIFY(opening("/nowhere/at/all").contains("/nowhere/at/all"));

        const auto damaged = [&](const char* name, const std::function<void(const fs::path&)>& damage) {
            const fs::path folder = bundleWith(
                name, {.spectrogramRoute = true, .waveformRoute = false, .superResolution = true, .planner = true});
            damage(folder);
            return opening(folder);
        };
        QString message =
            damaged("truncated", [](const fs::path& folder) { fs::resize_file(folder / "vocoder.safetensors", 500); });
        QVERIFY2(message.contains("vocoder.safetensors") && message.size() < 400, qPrintable(message));
        message =
            damaged("missing", [](const fs::path& folder) { fs::remove(folder / "super-resolution.safetensors"); });
        QVERIFY2(message.contains("super-resolution.safetensors"), qPrintable(message));
        message = damaged("planner",
                          [](const fs::path& folder) { std::ofstream(folder / "planner.safetensors") << "nonsense"; });
        QVERIFY2(message.contains("planner.safetensors"), qPrintable(message));
        message =
            damaged("json", [](const fs::path& folder) { std::ofstream(folder / "cascade.json") << "{\"format\": "; });
        QVERIFY2(message.contains("cascade.json"), qPrintable(message));
        message = damaged("text", [](const fs::path& folder) { fs::remove(folder / "text" / "spiece.model"); });
        QVERIFY2(message.contains("spiece.model"), qPrintable(message));
        message = damaged("swapped", [](const fs::path& folder) {
            fs::copy_file(folder / "vocoder.safetensors", folder / "super-resolution.safetensors",
                          fs::copy_options::overwrite_existing);
        });
        QVERIFY2(message.contains("super-resolution.safetensors"), qPrintable(message));
        // A configuration that claims a network of gigabytes is refused before it is made.
        message = damaged("boastful", [](const fs::path& folder) {
            std::ifstream in(folder / "cascade.json");
            auto cascade = nlohmann::json::parse(in);
            in.close();
            cascade["stages"][1]["network"]["base"] = 16384;
            std::ofstream(folder / "cascade.json") << cascade.dump();
        });
        QVERIFY2(message.contains("vocoder") && message.size() < 400, qPrintable(message));
    }

    void unknownDevicesAreRefused() {
        QVERIFY(failure([&] { Pipeline pipeline(m_bundle, "abacus"); }).contains("abacus"));
    }
};

QTEST_GUILESS_MAIN(PipelineTest)
#include "PipelineTest.moc"
