#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <vector>

namespace n2m::embedding {

/// The sizes of the joint embedding: everything but its weights. A plain value.
struct EmbeddingConfig {
    int dimensions = 128;                      ///< of the space that words and sound share
    int buckets = 24576;                       ///< rows of the table of hashed words and letter groups
    int wordWidth = 64;                        ///< width of that table
    int textWidth = 160;                       ///< width of the text tower's layers
    int textLayers = 2;                        ///< layers of self-attention
    int textHeads = 4;                         ///< divides textWidth
    int textHidden = 320;                      ///< of each layer's feed-forward part
    int maximumWords = 96;                     ///< of a text; the rest is not read
    int bandWidth = 192;                       ///< features of the audio tower per time step
    int rhythmWidth = 64;                      ///< features from the autocorrelation of onsets
    int audioHidden = 256;                     ///< width before the last layer of the audio tower
    std::vector<int> channels{24, 48, 72, 96}; ///< of the audio tower's convolutions, each of which halves the picture
    bool operator==(const EmbeddingConfig&) const = default;
};

/// JSON <-> configuration. Reading throws base::Failure that names the field and what is wrong with it; unknown fields
/// are errors. readEmbeddingConfig() prefixes its messages with the file's name.
nlohmann::json toJson(const EmbeddingConfig& config);
EmbeddingConfig embeddingConfigFromJson(const nlohmann::json& object);
EmbeddingConfig readEmbeddingConfig(const std::filesystem::path& file);

} // namespace n2m::embedding
