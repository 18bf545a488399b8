#include "engine/model/Bundle.h"

#include "engine/model/AtomicFile.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace n2m::model {

namespace fs = std::filesystem;

namespace {

constexpr const char* configurationFile = "cascade.json";

// A bundle is one folder: nothing that it names may lie outside.
void requireInside(const fs::path& folder, const std::string& field, const std::string& name) {
    const fs::path path(name);
    const bool leaves = std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
    if (path.is_absolute() || leaves) {
        throw std::runtime_error(fmt::format("{}: {}: \"{}\" is not in the bundle's folder",
                                             (folder / configurationFile).string(), field, name));
    }
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
    if (!stream.eof()) throw std::runtime_error(fmt::format("{}: cannot be read", file.string()));
}

fs::path weightsPath(const fs::path& folder, const std::string& stage) {
    return folder / (stage + ".safetensors");
}

} // namespace

Bundle::Bundle(fs::path folder)
    : m_folder(std::move(folder)) {
    std::error_code error;
    if (!fs::is_directory(m_folder, error)) {
        throw std::runtime_error(
            fmt::format("{}: there is no bundle here (a folder with a {})", m_folder.string(), configurationFile));
    }
    m_config = readCascade(m_folder / configurationFile);
    requireInside(m_folder, "text", m_config.text);
    requireInside(m_folder, "planner", m_config.planner);
    for (const StageConfig& stage : m_config.stages)
        stageWeights(stage.name);
    const bool takesText = std::any_of(m_config.stages.begin(), m_config.stages.end(),
                                       [](const StageConfig& stage) { return stage.textTokens > 0; });
    if (takesText && !fs::is_directory(textFolder(), error)) {
        throw std::runtime_error(fmt::format("{}: the text encoder's folder is missing", textFolder().string()));
    }
    if (!m_config.planner.empty()) SafetensorsFile{plannerFile()};
}

SafetensorsFile Bundle::stageWeights(const std::string& stage) const {
    return SafetensorsFile(weightsPath(m_folder, m_config.stage(stage).name));
}

std::vector<fs::path> Bundle::weightFiles() const {
    std::vector<fs::path> files;
    for (const StageConfig& stage : m_config.stages)
        files.push_back(weightsPath(m_folder, stage.name));
    if (!m_config.planner.empty()) files.push_back(plannerFile());
    for (const char* name : {"config.json", "model.safetensors", "spiece.model"}) {
        if (fs::exists(textFolder() / name)) files.push_back(textFolder() / name);
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
    const fs::path file = folder / configurationFile;
    CascadeConfig merged = fs::exists(file) ? readCascade(file) : cascade;
    const StageConfig& config = cascade.stage(stage);
    const auto found = std::find_if(merged.stages.begin(), merged.stages.end(),
                                    [&](const StageConfig& other) { return other.name == stage; });
    if (found == merged.stages.end())
        merged.stages.push_back(config);
    else
        *found = config;
    writeSafetensors(weightsPath(folder, stage), parametersOf(network), {}, torch::kHalf);
    writeTextFile(file, toJson(merged).dump(2) + "\n");
}

} // namespace n2m::model
