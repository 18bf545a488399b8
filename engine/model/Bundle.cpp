#include "engine/model/Bundle.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/network/CostModel.h"
#include "engine/network/UNet.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <vector>

namespace n2m::model {

namespace fs = std::filesystem;

namespace {

constexpr const char* configurationFile = "cascade.json";
constexpr const char* embeddingWeights = "model.safetensors"; // in the joint embedding's folder

[[noreturn]] void fail(const fs::path& file, const base::Message& reason) {
    throw base::Failure("{}: {}", base::printable(file.string()), reason);
}

void addBytes(std::uint64_t& hash, const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> block(1 << 20);
    while (stream) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        for (std::streamsize index = 0; index < stream.gcount(); ++index) {
            hash = (hash ^ static_cast<unsigned char>(block[static_cast<std::size_t>(index)])) * 0x100000001b3ULL;
        }
    }
    if (!stream.eof()) fail(file, base::Message("cannot be read"));
}

fs::path weightsPath(const fs::path& folder, const std::string& stage) {
    return folder / (stage + ".safetensors");
}

// Called before a network is made: a configuration must not cause more to be allocated than its file holds. Shapes are
// checked when the weights are loaded, at a cost that the file's size now bounds.
void requireSize(const StageConfig& stage, const SafetensorsFile& weights) {
    std::int64_t there = 0;
    std::map<std::string, const TensorInfo*> tensors;
    for (const std::string& name : weights.names()) {
        const TensorInfo& info = weights.info(name);
        there += info.elements();
        tensors.emplace(name, &info);
    }
    const std::int64_t expected = network::costOf(stage.network, 0, stage.textTokens).parameters;
    if (there == expected) return;
    // Where the sizes are close, it is cheap to make the network and name the tensor that differs.
    constexpr std::int64_t little = 1'000'000;
    if (expected < 2 * there + little) checkParameters(network::UNet(stage.network), tensors, weights.path().string());
    fail(weights.path(),
         base::Message("holds {} parameters, but stage {} is configured with {}", there, stage.name, expected));
}

} // namespace

Bundle::Bundle(fs::path folder)
    : m_folder(std::move(folder)) {
    std::error_code error;
    if (!fs::is_directory(m_folder, error)) {
        fail(m_folder, base::Message("there is no bundle here (a folder with a {})", configurationFile));
    }
    m_config = readCascade(m_folder / configurationFile);
    for (const StageConfig& stage : m_config.stages)
        requireSize(stage, stageWeights(stage.name));
    const bool takesText = std::any_of(m_config.stages.begin(), m_config.stages.end(),
                                       [](const StageConfig& stage) { return stage.textTokens > 0; });
    if (takesText && !fs::is_directory(textFolder(), error)) {
        fail(textFolder(), base::Message("the text encoder's folder is missing"));
    }
    if (!m_config.planner.empty()) SafetensorsFile{plannerFile()};
    if (const fs::path file = noteSpectraFile(); !file.empty()) SafetensorsFile{file};
    if (!m_config.embedding.empty()) SafetensorsFile{embeddingFolder() / embeddingWeights};
}

SafetensorsFile Bundle::stageWeights(const std::string& stage) const {
    return SafetensorsFile(weightsPath(m_folder, m_config.stage(stage).name));
}

fs::path Bundle::plannerFile() const {
    return m_config.planner.empty() ? fs::path() : m_folder / m_config.planner;
}

fs::path Bundle::noteSpectraFile() const {
    const bool needed = std::any_of(m_config.stages.begin(), m_config.stages.end(),
                                    [](const StageConfig& stage) { return stage.plan; });
    return !needed || m_config.noteSpectra.empty() ? fs::path() : m_folder / m_config.noteSpectra;
}

fs::path Bundle::embeddingFolder() const {
    return m_config.embedding.empty() ? fs::path() : m_folder / m_config.embedding;
}

std::vector<fs::path> Bundle::weightFiles() const {
    std::vector<fs::path> files;
    for (const StageConfig& stage : m_config.stages)
        files.push_back(weightsPath(m_folder, stage.name));
    if (!m_config.planner.empty()) files.push_back(plannerFile());
    if (const fs::path file = noteSpectraFile(); !file.empty()) files.push_back(file);
    for (const char* name : {"config.json", "model.safetensors", "spiece.model"}) {
        if (fs::exists(textFolder() / name)) files.push_back(textFolder() / name);
    }
    if (!m_config.embedding.empty()) {
        files.push_back(embeddingFolder() / "config.json");
        files.push_back(embeddingFolder() / embeddingWeights);
    }
    return files;
}

std::string Bundle::hash() const {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    addBytes(hash, m_folder / configurationFile);
    for (const fs::path& file : weightFiles())
        addBytes(hash, file);
    return fmt::format("{:016x}", hash);
}

void writeBundleStage(const fs::path& folder, const CascadeConfig& cascade, const std::string& stage,
                      const torch::nn::Module& network) {
    cascade.stage(stage); // throws for an unknown name
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) fail(folder, base::Message("cannot be made: {}", base::Message::verbatim(error.message())));
    const fs::path file = folder / configurationFile;
    CascadeConfig merged = cascade;
    std::vector<StageConfig> present; // those that have weights
    if (fs::exists(file, error)) {
        merged = readCascade(file);
        present = merged.stages;
    }
    // The order is that of `cascade`; stages that it does not have come last.
    merged.stages.clear();
    for (const StageConfig& listed : cascade.stages) {
        const auto found = std::find_if(present.begin(), present.end(),
                                        [&](const StageConfig& other) { return other.name == listed.name; });
        if (listed.name == stage) {
            merged.stages.push_back(listed);
        } else if (found != present.end()) {
            merged.stages.push_back(*found);
        }
        if (found != present.end()) present.erase(found);
    }
    merged.stages.insert(merged.stages.end(), present.begin(), present.end());
    if (fs::exists(folder / embeddingFolderName / embeddingWeights, error)) merged.embedding = embeddingFolderName;
    writeSafetensors(weightsPath(folder, stage), parametersOf(network), {}, torch::kHalf);
    base::writeTextFile(file, toJson(merged).dump(2) + "\n");
}

void listEmbedding(const fs::path& folder) {
    const fs::path file = folder / configurationFile;
    std::error_code error;
    if (!fs::exists(file, error)) return;
    CascadeConfig cascade = readCascade(file);
    cascade.embedding = embeddingFolderName;
    base::writeTextFile(file, toJson(cascade).dump(2) + "\n");
}

} // namespace n2m::model
