#pragma once

#include "engine/model/Safetensors.h"
#include "engine/model/StageConfig.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <string>

namespace n2m::model {

/// A cascade on disk: one folder with `cascade.json`, `<stage>.safetensors` for every stage, the text encoder's folder
/// and, where the configuration names one, the planner's file. Opening it reads headers only, and makes sure that no
/// configuration asks for more parameters than its weights file holds. A cheap value; const members may be called from
/// several threads.
class Bundle {
public:
    /// Throws std::runtime_error, one line that names file, tensor and reason, for what is missing, damaged or does not
    /// fit: no folder, no or bad cascade.json, weights files, the text encoder's folder, the planner.
    explicit Bundle(std::filesystem::path folder);

    const std::filesystem::path& folder() const { return m_folder; }
    const CascadeConfig& config() const { return m_config; }

    /// The weights of a stage of the configuration. Throws as the constructor does, and std::invalid_argument for a
    /// stage that the cascade does not have.
    SafetensorsFile stageWeights(const std::string& stage) const;

    std::filesystem::path textFolder() const { return m_folder / m_config.text; }
    std::filesystem::path plannerFile() const;     ///< empty if the configuration names none
    std::filesystem::path noteSpectraFile() const; ///< likewise, or if no stage takes a plan

    /// What tells two bundles apart, 16 hexadecimal digits: FNV-1a (Fowler, Noll, Vo) over cascade.json and, of every
    /// weights file, all bytes. Reads the files, which costs about a tenth of a second; not against forgery.
    std::string hash() const;

private:
    std::vector<std::filesystem::path> weightFiles() const;

    std::filesystem::path m_folder;
    CascadeConfig m_config;
};

/// Puts a stage's weights into a bundle, in half precision, and its configuration into the bundle's cascade.json, in
/// the place that `cascade` gives it. Folder and cascade.json are made where there are none; the latter then lists this
/// stage alone, as the others have no weights yet. Both files appear whole or not at all. Throws std::runtime_error,
/// one line, for what cannot be written or a cascade.json there that cannot be read, and std::invalid_argument for a
/// stage that `cascade` does not have.
void writeBundleStage(const std::filesystem::path& folder, const CascadeConfig& cascade, const std::string& stage,
                      const torch::nn::Module& network);

} // namespace n2m::model
