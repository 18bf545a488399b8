#include "engine/model/Bundle.h"

#include "engine/base/AtomicFile.h"
#include "engine/network/UNet.h"
#include "tests/support/TinyBundle.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <memory>

using namespace n2m::base;
using namespace n2m::model;
using n2m::network::UNet;
using n2m::test::tinyCascade;
namespace fs = std::filesystem;

namespace {

template <typename Action> QString messageOf(Action action) {
    try {
        action();
        return {};
    } catch (const std::runtime_error& error) {
        const QString message = error.what();
        return message.contains('\n') ? "MORE THAN A LINE: " + message : message;
    }
}

void write(const fs::path& folder, const CascadeConfig& cascade, const char* stage) {
    writeBundleStage(folder, cascade, stage, UNet(cascade.stage(stage).network));
}

} // namespace

class BundleTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path m_folder;

    QString refusal() const {
        return messageOf([&] { Bundle{m_folder}; });
    }

    // The message when cascade.json does not fit the weights.
    template <typename Change> QString refusalAfter(Change change) const {
        CascadeConfig cascade = tinyCascade();
        change(cascade);
        writeTextFile(m_folder / "cascade.json", toJson(cascade).dump());
        return refusal();
    }

private Q_SLOTS:
    void init() {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_temporary->path().toStdString()) / "bundle";
        n2m::test::makeTinyBundle(m_folder);
    }

    void opensWhatWasWritten() {
        const Bundle bundle(m_folder);
        QVERIFY(bundle.config().stages == tinyCascade().stages);
        QCOMPARE(bundle.textFolder(), m_folder / "text");
        QCOMPARE(bundle.plannerFile(), m_folder / "planner.safetensors");
        QCOMPARE(bundle.noteSpectraFile(), m_folder / "note-spectra.safetensors");
        const SafetensorsFile weights = bundle.stageWeights("vocoder");
        QVERIFY(weights.info("entry.weight").type == DataType::F16);
        UNet network(bundle.config().stage("vocoder").network);
        loadParameters(network, weights);
        QVERIFY_EXCEPTION_THROWN(bundle.stageWeights("other"), std::invalid_argument);
    }

    // A bundle that is being trained has some of its stages only, in whatever order they were begun.
    void listsTheStagesThatHaveWeights() {
        const fs::path folder = m_folder / "begun";
        const CascadeConfig cascade = tinyCascade({.planner = false});
        write(folder, cascade, "super-resolution");
        QCOMPARE(Bundle(folder).config().stages.size(), std::size_t(1));
        QVERIFY(Bundle(folder).plannerFile().empty());
        QVERIFY(Bundle(folder).noteSpectraFile().empty()); // no stage needs them yet
        write(folder, cascade, "spectrogram-generator");
        fs::copy(m_folder / "text", folder / "text");
        fs::copy(m_folder / "note-spectra.safetensors", folder);
        write(folder, cascade, "vocoder");
        const auto stages = Bundle(folder).config().stages;
        QCOMPARE(stages.size(), std::size_t(3));
        QCOMPARE(stages[0].name, std::string("spectrogram-generator"));
        QCOMPARE(stages[1].name, std::string("vocoder"));
        QCOMPARE(stages[2].name, std::string("super-resolution"));
    }

    void writesOneStageAndKeepsTheOthers() {
        CascadeConfig changed = tinyCascade();
        changed.name = "not taken over";
        changed.stages = {changed.stage("vocoder")}; // a cascade that knows nothing of the others
        changed.stages[0].sampling.steps = 7;
        changed.stages[0].network.base = 8;
        write(m_folder, changed, "vocoder");
        const Bundle bundle(m_folder);
        QCOMPARE(bundle.config().name, std::string("tiny"));
        QVERIFY(bundle.config().stage("vocoder") == changed.stages[0]);
        for (const StageConfig& stage : tinyCascade().stages) {
            if (stage.name != "vocoder") QVERIFY(bundle.config().stage(stage.name) == stage);
        }
    }

    void writesNothingOrWhole() {
        QVERIFY_EXCEPTION_THROWN(
            writeBundleStage(m_folder, tinyCascade(), "other", UNet(tinyCascade().stages[0].network)),
            std::invalid_argument);
        QVERIFY(!fs::exists(m_folder / "other.safetensors"));
        QVERIFY(messageOf([&] {
                    write(m_folder / "vocoder.safetensors/x", tinyCascade(), "vocoder");
                }).contains("cannot be made: Not a directory"));
        QVERIFY(refusal().isEmpty());
        writeTextFile(m_folder / "cascade.json", "{");
        const auto size = fs::file_size(m_folder / "vocoder.safetensors");
        CascadeConfig larger = tinyCascade();
        larger.stages[1].network.base = 32;
        QVERIFY(messageOf([&] { write(m_folder, larger, "vocoder"); }).contains("cascade.json: is not valid JSON"));
        QCOMPARE(fs::file_size(m_folder / "vocoder.safetensors"), size);
    }

    void hashTellsBundlesApart() {
        const std::string hash = Bundle(m_folder).hash();
        QCOMPARE(hash.size(), std::size_t(16));
        QCOMPARE(Bundle(m_folder).hash(), hash);
        const auto changes = [&](const char* name, auto change) {
            const std::string before = readTextFile(m_folder / name, 1 << 24);
            std::string bytes = before;
            change(bytes);
            writeTextFile(m_folder / name, bytes);
            const bool different = Bundle(m_folder).hash() != hash;
            writeTextFile(m_folder / name, before);
            return different && Bundle(m_folder).hash() == hash;
        };
        for (const char* name :
             {"vocoder.safetensors", "planner.safetensors", "note-spectra.safetensors", "text/model.safetensors"})
            QVERIFY(changes(name, [](std::string& bytes) { bytes.back() ^= 1; }));
        QVERIFY(changes("text/spiece.model", [](std::string& bytes) { bytes += '\0'; }));
        QVERIFY(changes("cascade.json", [](std::string& bytes) { bytes += ' '; }));
    }

    void refusesWhatIsMissing() {
        const fs::path folder = m_folder;
        m_folder = folder / "none";
        QVERIFY(refusal().endsWith("/none: there is no bundle here (a folder with a cascade.json)"));
        m_folder = folder / "cascade.json"; // a file
        QVERIFY(refusal().endsWith("/cascade.json: there is no bundle here (a folder with a cascade.json)"));
        m_folder = folder / "text"; // a folder without one
        QVERIFY(refusal().endsWith("/text/cascade.json: cannot be read: No such file or directory"));
        m_folder = folder;
        fs::remove(folder / "note-spectra.safetensors");
        QVERIFY(refusal().endsWith("/note-spectra.safetensors: cannot be read: No such file or directory"));
        fs::remove(folder / "planner.safetensors");
        QVERIFY(refusal().endsWith("/planner.safetensors: cannot be read: No such file or directory"));
        fs::remove_all(folder / "text");
        QVERIFY(refusal().endsWith("/text: the text encoder's folder is missing"));
        fs::remove(folder / "vocoder.safetensors");
        QVERIFY(refusal().endsWith("/vocoder.safetensors: cannot be read: No such file or directory"));
        fs::create_directory(folder / "vocoder.safetensors");
        QVERIFY(refusal().contains("/vocoder.safetensors: is a folder"));
        fs::remove(folder / "cascade.json");
        fs::create_directory(folder / "cascade.json");
        QVERIFY(refusal().contains("/cascade.json: is a folder"));
    }

    void refusesWhatDoesNotFit() {
        QVERIFY(refusalAfter([](CascadeConfig&) {}).isEmpty());
        // About as large as the file: the tensor is named.
        QString message = refusalAfter([](CascadeConfig& c) { c.stages[1].network.base = 20; });
        QVERIFY2(message.contains("/vocoder.safetensors: tensor \"") && message.contains("has shape ["),
                 qPrintable(message));
        message = refusalAfter([](CascadeConfig& c) { c.stages[1].network.blocks = {2}; });
        QVERIFY2(message.contains("/vocoder.safetensors: tensor \"down1_block2.") && message.endsWith("is missing"),
                 qPrintable(message));
        message = refusalAfter([](CascadeConfig& c) { c.stages[0].network.selfAttention = {false, false}; });
        QVERIFY2(message.contains("the network has no tensor of that name"), qPrintable(message));
        // Terabytes, if it were allocated.
        message = refusalAfter([](CascadeConfig& c) {
            c.stages[1].network.base = 16384;
            c.stages[1].network.multipliers = {4};
            c.stages[1].network.blocks = {64};
        });
        QVERIFY2(message.contains("/vocoder.safetensors: holds ") && message.contains("stage vocoder is configured"),
                 qPrintable(message));
        message = refusalAfter([](CascadeConfig& c) { c.text = "../text"; });
        QVERIFY2(message.contains("cascade.json: text: a name of a file"), qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(BundleTest)
#include "BundleTest.moc"
