#pragma once

#include "engine/model/Safetensors.h"
#include "engine/model/StageConfig.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <string>

namespace n2m::model {

/// A cascade on disk: one folder with `cascade.json`, `<stage>.safetensors` for every stage, the text encoder's folder
/// and, where the configuration names them, the planner's file and the joint embedding's folder. Opening it reads
/// headers only and checks that no configuration asks for more parameters than its weights file holds. A cheap value;
/// const members may be called from several threads.
class Bundle {
public:
    /// Throws base::Failure, which names file, tensor and reason, for a part that is missing, damaged or does not fit:
    /// the folder, cascade.json, weights files, the text encoder's folder, the planner, the joint embedding.
    explicit Bundle(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return m_folder; }
    const CascadeConfig& config() const { return m_config; }

    /// The weights of a stage of the configuration. Throws as the constructor does, and base::InvalidInput for a stage
    /// that the cascade does not have.
    SafetensorsFile stageWeights(const std::string& stage) const;

    std::filesystem::path textFolder() const { return m_folder / m_config.text; }
    std::filesystem::path plannerFile() const;     ///< empty if the configuration names none
    std::filesystem::path noteSpectraFile() const; ///< empty if the configuration names none or no stage takes a plan
    std::filesystem::path embeddingFolder() const; ///< of the joint embedding; empty if the configuration names none

    /// The identity of the bundle, 16 hexadecimal digits: FNV-1a (Fowler, Noll, Vo) over cascade.json and all bytes of
    /// every weights file. Reads the files, which takes about a tenth of a second; does not resist forgery.
    std::string hash() const;

private:
    std::vector<std::filesystem::path> weightFiles() const;

    std::filesystem::path m_folder;
    CascadeConfig m_config;
};

/// Writes a stage's weights into a bundle, in half precision, and its configuration into the bundle's cascade.json, in
/// the place that `cascade` gives it. Makes the folder and cascade.json where they are missing; the latter then lists
/// this stage alone, as the others have no weights yet. Both files appear whole or not at all. Throws base::Failure
/// for a file that cannot be written or a cascade.json that cannot be read, and base::InvalidInput for a stage that
/// `cascade` does not have.
void writeBundleStage(const std::filesystem::path& folder, const CascadeConfig& cascade, const std::string& stage,
                      const torch::nn::Module& network);

/// The name of the joint embedding's folder in a bundle.
inline constexpr const char* embeddingFolderName = "embedding";

/// Names the joint embedding, whose folder was written before, in a bundle's cascade.json. Where there is no
/// cascade.json yet, writeBundleStage() names it later. Throws base::Failure for one that cannot be read or written.
void listEmbedding(const std::filesystem::path& folder);

} // namespace n2m::model
