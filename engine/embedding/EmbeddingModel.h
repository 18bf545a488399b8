#pragma once

#include "engine/embedding/AudioTower.h"
#include "engine/embedding/EmbeddingConfig.h"
#include "engine/embedding/TextTower.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <memory>

namespace n2m::embedding {

/// Both towers and the temperature that they learn (MuLan, Huang et al., 2022, §3). Owns them; as for threads, see the
/// towers.
class EmbeddingModel : public torch::nn::Module {
public:
    explicit EmbeddingModel(const EmbeddingConfig& config);

    /// From a folder with config.json and model.safetensors, in evaluation mode. Throws base::Failure that names the
    /// file for one that is missing, damaged or does not fit the other.
    static std::shared_ptr<EmbeddingModel> load(const std::filesystem::path& folder);

    /// Writes both files, the weights in half precision; each appears whole or not at all. Makes the folder. Throws
    /// base::Failure.
    void save(const std::filesystem::path& folder) const;

    const EmbeddingConfig& config() const { return m_config; }
    TextTower& text() { return *m_text; }
    AudioTower& audio() { return *m_audio; }

    /// The factor that similarities have in the softmax of the loss, one over the temperature: a scalar, 1 to 100.
    torch::Tensor scale() const;

private:
    EmbeddingConfig m_config;
    std::shared_ptr<TextTower> m_text;
    std::shared_ptr<AudioTower> m_audio;
    torch::Tensor m_logScale;
};

/// The names of the files in a folder of a joint embedding.
inline constexpr const char* embeddingConfigFile = "config.json";
inline constexpr const char* embeddingWeightsFile = "model.safetensors";

} // namespace n2m::embedding
