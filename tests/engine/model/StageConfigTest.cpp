// The paper's figures are those of the tables in Huang et al., 2023 (arXiv 2302.03917), as assets/paper has them.

#include "engine/model/StageConfig.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/ShortestDecimal.h"
#include "engine/sampling/StepSchedule.h"
#include "tests/support/CommaLocale.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

#include <functional>

using namespace n2m::base;
using namespace n2m::diffusion;
using namespace n2m::model;
using namespace n2m::sampling;
using nlohmann::json;

namespace {

const std::filesystem::path paper = N2M_SOURCE_DIR "/assets/paper";

// A cascade with a value other than its default in every field.
CascadeConfig unusual() {
    StageConfig stage;
    stage.name = "stage-1";
    stage.kind = StageKind::WaveformCascader;
    stage.sampleRate = 12345, stage.lowRate = 678, stage.textTokens = 17, stage.plan = true, stage.griffinLim = true,
    stage.spectrumRate = 24000;
    auto& network = stage.network;
    network.dataChannels = 3, network.stackedChannels = 35, network.alignedChannels = 9;
    network.alignedAt = n2m::network::AlignedAt::EveryLevel;
    network.patch = 2, network.base = 32, network.kernels = {5, 3}, network.strides = {4, 2},
    network.multipliers = {1, 3};
    network.blocks = {2, 1}, network.selfAttention = {false, true}, network.crossAttention = {true, false};
    network.heads = 4, network.textWidth = 48, network.rotaryPositions = true, network.pooledText = true;
    network.refinementChannels = 20;
    stage.diffusion = {Prediction::X0, NoiseScheduleKind::Linear, LossWeight::Sigma, 0.36f};
    stage.sampling = {SamplerKind::DpmPlusPlus2M, 21, "karras", 0.3f, 4.5f, 2.2f, 0.9f, 1.7f, 0.8f};
    auto& training = stage.training;
    training.batch = 6, training.steps = 900'000'000, training.learningRate = 3e-4, training.beta1 = 0.8;
    training.beta2 = 0.95, training.weightDecay = 0.01, training.warmUp = 12, training.decayFrom = 0.75;
    training.gradientClip = 1, training.ema = 0.998, training.textDropout = 0.2, training.planDropout = 0.3;
    training.scoreDropout = 0.25, training.composedShare = 0.375;
    training.snippetSeconds = 2.5, training.augmentationTime = 0.4, training.blurMin = 0.5, training.blurMax = 0.75;
    CascadeConfig cascade;
    cascade.name = "unusual", cascade.licence = "none", cascade.seconds = 12.5, cascade.text = "words";
    cascade.planner = "planner.safetensors", cascade.vocoder = "griffin-lim", cascade.superResolution = "fourier";
    cascade.composer = "model";
    cascade.noteSpectra = "notes.safetensors", cascade.embedding = "joint";
    cascade.provenance = R"({"steps":{"stage-1":12}})";
    cascade.stages = {stage};
    return cascade;
}

QString messageOf(const std::function<void()>& action) {
    try {
        action();
        return {};
    } catch (const std::runtime_error& error) {
        return QString::fromUtf8(error.what());
    }
}

} // namespace

class StageConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

private Q_SLOTS:
    void isTheSameInEveryLocale() {
        const json written = toJson(unusual());
        const n2m::test::CommaLocale comma;
        if (!comma.isSet()) QSKIP("there is no localedef or no definition of German (package locales)");
        QCOMPARE(toJson(unusual()).dump(), written.dump());
        QVERIFY(cascadeFromJson(json::parse(written.dump())).stages == unusual().stages);
        QCOMPARE(shortestDecimal(0.85f), 0.85);
        QCOMPARE(shortestDecimal(-1.0e-20f), -1.0e-20);
    }

    void comesBackFromJson() {
        const CascadeConfig cascade = unusual();
        const json written = toJson(cascade);
        const CascadeConfig read = cascadeFromJson(json::parse(written.dump()));
        QVERIFY(read.stages == cascade.stages);
        QVERIFY(toJson(read) == written);
        QCOMPARE(read.seconds, 12.5);
        QCOMPARE(read.planner, std::string("planner.safetensors"));
        QCOMPARE(read.noteSpectra, std::string("notes.safetensors"));
        QCOMPARE(read.embedding, std::string("joint"));
        QCOMPARE(read.provenance, cascade.provenance);
        // Every field was told apart from its default: else this test could not see one that is forgotten.
        const json defaults = toJson(StageConfig{}), stage = written["stages"][0];
        for (const auto& [name, value] : defaults.items()) {
            if (!value.is_object()) QVERIFY2(value != stage[name], name.c_str());
            if (!value.is_object()) continue;
            for (const auto& [inner, innerValue] : value.items()) {
                QVERIFY2(innerValue != stage[name][inner], (name + "." + inner).c_str());
            }
        }
        QCOMPARE(stage["diffusion"]["data_deviation"].dump(), std::string("0.36")); // not 0.36000001430511475
    }

    void takesDefaults() {
        const CascadeConfig cascade = cascadeFromJson(json::parse(R"({"format": "noise2music cascade 1", "stages": [
            {"kind": "vocoder", "network": {"kernels": [5], "strides": [2, 4], "multipliers": [1, 2], "blocks": [1, 1]}}]})"));
        const StageConfig& stage = cascade.stages.at(0);
        QCOMPARE(stage.name, std::string("vocoder"));
        QVERIFY((stage.network.kernels == std::vector<int>{5, 5}));
        QVERIFY((stage.network.selfAttention == std::vector<bool>{false, false}));
        QVERIFY(stage.sampling == SamplingConfig{} && stage.training == TrainingConfig{});
        QCOMPARE(cascade.text, std::string("text"));
        QVERIFY(&cascade.stage("vocoder") == cascade.find(StageKind::Vocoder));
        QVERIFY(cascade.find(StageKind::SuperResolution) == nullptr);
        try {
            cascade.stage("other");
            QFAIL("there is no such stage");
        } catch (const std::invalid_argument& error) {
            QCOMPARE(error.what(), "there is no stage \"other\"; the cascade has vocoder");
        }
    }

    void refuses_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* path, const char* value, const char* says) {
            QTest::addRow("%s = %s", path, value) << path << value << says;
        };
        row("/format", "\"noise2music cascade 2\"", "format: \"noise2music cascade 1\" was expected");
        row("/colour", "1", "colour: there is no such field");
        row("/seconds", "0", "seconds: 0 is outside 1 to 600");
        row("/seconds", "\"30\"", "seconds: a number was expected");
        row("/text", "\"../text\"", "text: a name of a file");
        row("/planner", "\"/etc/passwd\"", "planner: a name of a file");
        row("/note_spectra", "\"/etc/passwd\"", "note_spectra: a name of a file");
        row("/embedding", "\"../other\"", "embedding: a name of a file");
        row("/vocoder", "\"none\"", "vocoder: ");
        row("/super_resolution", "7", "super_resolution: ");
        row("/composer", "\"Bach\"", "composer: ");
        row("/stages", "[]", "stages: a list of stages");
        row("/stages", "{}", "stages: a list of stages");
        row("/stages/0", "3", "stages[0]: an object was expected");
        row("/stages/0/name", "\"a/b\"", "stages[0].name: a name of a file");
        row("/stages/0/name", "\"a\\nb\"", "stages[0].name: a name of a file");
        row("/stages/0/kind", "null", "stages[0].kind: is missing");
        row("/stages/0/kind", "\"\"", "stages[0].kind: one of spectrogram-generator, waveform-generator");
        row("/stages/0/kind", "2", "stages[0].kind: one of");
        row("/stages/0/network", "null", "stages[0].network: is missing");
        row("/stages/0/text_tokens", "-1", "stages[0].text_tokens: -1 is outside 0 to 4096");
        row("/stages/0/text_tokens", "1.5", "stages[0].text_tokens: a whole number was expected");
        row("/stages/0/plan", "1", "stages[0].plan: true or false");
        row("/stages/0/training/batch", "0", "stages[0].training.batch: 0 is outside");
        row("/stages/0/training/batch", "18446744073709551615", "stages[0].training.batch: ");
        row("/stages/0/training/ema", "1", "stages[0].training.ema: 1 is outside");
        row("/stages/0/training/blur_max", "0.1", "stages[0].training.blur_max: is less");
        row("/stages/0/sampling/gamma", "-0.1", "stages[0].sampling.gamma: -0.1 is outside 0 to 1");
        row("/stages/0/sampling/gama", "0", "stages[0].sampling.gama: there is no such field");
        row("/stages/0/diffusion/prediction", "\"epsilom\"", "stages[0].diffusion.prediction: one of epsilon, v, x0");
        row("/stages/0/network/strides", "4", "stages[0].network.strides: a list was expected");
        row("/stages/0/network/strides", "[4]", "stages[0].network: ");
        row("/stages/0/network/strides", "[4, 1e9]", "stages[0].network.strides: whole numbers");
        row("/stages/0/network/strides", "[]", "stages[0].network: ");
        row("/stages/0/network/kernels", "[4, 4]", "stages[0].network: ");
        row("/stages/0/network/heads", "7", "stages[0].network: ");
        row("/stages/0/network/self_attention", "[0, 1]", "stages[0].network.self_attention: a list of true and false");
        row("/stages/0/network/text_width", "0", "stages[0].network");
        row("/stages/0/network/stacked_channels", "0", "stages[0].network.stacked_channels: ");
        row("/stages/1", "\"copy\"", "stages[1].name: \"stage-1\" is there twice");
    }

    void refuses() {
        QFETCH(QString, path);
        QFETCH(QString, value);
        QFETCH(QString, says);
        json cascade = toJson(unusual());
        cascade[json::json_pointer(path.toStdString())] =
            value == "\"copy\"" ? cascade["stages"][0] : json::parse(value.toStdString());
        const QString message = messageOf([&] { cascadeFromJson(cascade); });
        QVERIFY2(message.startsWith(says), qPrintable(message));
        QVERIFY(!message.contains('\n'));
    }

    // The product of patch and strides would not fit into an int.
    void refusesNetworksTooDeep() {
        json cascade = toJson(unusual());
        json& network = cascade["stages"][0]["network"];
        for (const char* list : {"strides", "kernels", "multipliers", "blocks", "self_attention", "cross_attention"}) {
            network[list] = std::vector<json>(12, network[list][0]);
        }
        network["strides"] = std::vector<int>(12, 64);
        QVERIFY(messageOf([&] { cascadeFromJson(cascade); }).startsWith("stages[0].network: "));
    }

    void refusesFiles() {
        const std::filesystem::path file = m_folder.filePath("cascade.json").toStdString();
        const auto refused = [&](const std::string& text) {
            writeTextFile(file, text);
            return messageOf([&] { readCascade(file); });
        };
        QVERIFY(
            messageOf([&] { readCascade(file); }).endsWith("cascade.json: cannot be read: No such file or directory"));
        QVERIFY(messageOf([&] { readCascade(m_folder.path().toStdString()); }).contains("is a folder"));
        QVERIFY(refused("").contains("cascade.json: is not valid JSON"));
        QVERIFY(refused("{\"format\": ").contains("is not valid JSON (byte "));
        QVERIFY(refused("{\"format\": \"\xff\"}").contains("is not valid JSON"));
        QVERIFY(refused("{\"seconds\": 1e999}").contains("is not valid JSON"));
        QVERIFY(refused("[]").endsWith("cascade.json: an object was expected"));
        QVERIFY(refused(R"({"format": "noise2music cascade 1", "format": "x"})").endsWith("\"format\" is there twice"));
        QVERIFY(refused("{\"provenance\": " + std::string(1'000'000, '[')).contains("is nested too deeply"));
        QVERIFY(refused(std::string(17 << 20, ' ')).contains("at most"));
    }

    void readsThePapersModels_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("network"); // base, kernel, strides, multipliers, blocks, attention
        QTest::addColumn<QString>("sampling");
        QTest::addRow("waveform generator") << "waveform.json"
                                            << "waveform-generator"
                                            << "256 7 [4,4,4,4,4,4] [1,1,2,3,4,4] [3,3,3,4,4,4] 000111 000111"
                                            << "cosine simplified 1000 0 10 64";
        QTest::addRow("waveform cascader") << "waveform.json"
                                           << "waveform-cascader"
                                           << "256 7 [4,4,4,4,4] [1,1,2,3,4] [3,3,4,6,6] 00000 00011"
                                           << "linear simplified 800 1 5 64";
        QTest::addRow("spectrogram generator") << "spectrogram.json"
                                               << "spectrogram-generator"
                                               << "256 9 [4,3,2,2,2] [1,2,2,3,4] [6,6,6,6,6] 00011 00011"
                                               << "linear sigma 1000 0 5 96";
        QTest::addRow("vocoder") << "spectrogram.json"
                                 << "vocoder"
                                 << "128 5 [2,4,4,5] [1,1,2,4] [4,4,4,4] 0000 0000"
                                 << "linear simplified 100 0 1 0";
        for (const char* file : {"waveform.json", "spectrogram.json"}) {
            QTest::addRow("super-resolution in %s", file) << file << "super-resolution"
                                                          << "256 7 [4,4,4,4] [1,1,2,2] [4,4,4,4] 0000 0000"
                                                          << "linear simplified 800 0 1 0";
        }
    }

    void readsThePapersModels() {
        QFETCH(QString, file);
        QFETCH(QString, name);
        const CascadeConfig cascade = readCascade(paper / file.toStdString());
        QCOMPARE(cascade.stages.size(), std::size_t(3));
        const StageConfig& stage = cascade.stage(name.toStdString());
        const json text = toJson(stage);
        const auto& network = stage.network;
        const auto flags = [](const std::vector<bool>& list) {
            std::string bits;
            for (const bool flag : list)
                bits += flag ? '1' : '0';
            return bits;
        };
        QVERIFY((network.kernels == std::vector<int>(network.strides.size(), network.kernels.front())));
        QTEST(QString::fromStdString(fmt::format(
                  "{} {} {} {} {} {} {}", network.base, network.kernels.front(), text["network"]["strides"].dump(),
                  text["network"]["multipliers"].dump(), text["network"]["blocks"].dump(), flags(network.selfAttention),
                  flags(network.crossAttention))),
              "network");
        QTEST(QString::fromStdString(fmt::format("{} {} {} {} {} {}", text["diffusion"]["schedule"].get<std::string>(),
                                                 text["diffusion"]["weight"].get<std::string>(), stage.sampling.steps,
                                                 stage.sampling.gamma, stage.sampling.guidance, stage.textTokens)),
              "sampling");
        QVERIFY(stage.diffusion.prediction == Prediction::Epsilon && stage.sampling.sampler == SamplerKind::Ancestral);
        QCOMPARE(network.textWidth, stage.textTokens > 0 ? 4096 : 0);
        // The list that the paper's results were made with, by its name, has as many steps as the table says.
        QCOMPARE(n2m::sampling::StepSchedule(stage.sampling.schedule).ownSteps(), stage.sampling.steps);
        QCOMPARE(stage.training.batch, name == "super-resolution" ? 4096 : 2048);
        // Snippets are whole numbers of the network's shortest time steps.
        QCOMPARE(std::fmod(stage.training.snippetSeconds * stage.sampleRate, network.lengthMultiple()), 0.0);
    }
};

QTEST_GUILESS_MAIN(StageConfigTest)
#include "StageConfigTest.moc"
