#include "tests/engine/cascade/PipelineFixture.h"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace n2m;
using namespace n2m::test;
namespace fs = std::filesystem;

/// Bad requests, absent stages and damaged bundles.
class PipelineErrorsTest : public QObject, private PipelineFixture {
    Q_OBJECT

private Q_SLOTS:
    void badRequestsAreRefusedBeforeAnyWork() {
        Recorder monitor;
        Request wanted = request("  ");
        QVERIFY(failure([&] { pipeline().run(wanted, monitor); }).contains("prompt is empty"));
        QVERIFY(monitor.seen.empty());
        wanted = request();
        wanted.route = "waveform";
        wanted.bpm = 100.0;
        QVERIFY(failure([&] { pipeline().run(wanted, monitor); }).contains("takes no plan"));
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
        verifyFinished(generation, 1.3);
        QVERIFY(generation.plan && !generation.plan->parts.empty()); // the score needs no planner
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
        QVERIFY(failure([&] { Pipeline pipeline(wholeBundle(), "abacus"); }).contains("abacus"));
    }
};

QTEST_GUILESS_MAIN(PipelineErrorsTest)
#include "PipelineErrorsTest.moc"
