#pragma once

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace n2m::text {

/// The feed-forward part of a block: ReLU (T5 1.0), or GELU gated by a linear layer (T5 1.1; Shazeer, 2020).
enum class FeedForwardKind { Relu, GatedGelu };

/// The shape of a T5 encoder (Raffel et al., 2020): the fields of Hugging Face's config.json that matter for it, with
/// their defaults.
struct T5Config {
    int vocabularySize = 32128; ///< rows of the embedding table, at least as many as the tokenizer has pieces
    int width = 512;            ///< d_model
    int headWidth = 64;         ///< d_kv; heads × headWidth need not be the width
    int hiddenWidth = 2048;     ///< d_ff
    int layers = 6;
    int heads = 8;
    int buckets = 32;      ///< of relative positions
    int maxDistance = 128; ///< positions further apart than this share a bucket
    double dropout = 0.1;  ///< while training
    double epsilon = 1e-6; ///< of the layer norms
    FeedForwardKind feedForward = FeedForwardKind::Relu;
    bool operator==(const T5Config&) const = default;
};

/// Reads a config.json of a T5 or mT5. Ignores fields that are not about the encoder. Throws base::Failure that names
/// file and field.
T5Config readT5Config(const std::filesystem::path& file);
T5Config t5ConfigFromJson(const nlohmann::json& json);

/// Gives a config.json that the transformers library can read (T5EncoderModel).
nlohmann::json toJson(const T5Config& config);

} // namespace n2m::text
