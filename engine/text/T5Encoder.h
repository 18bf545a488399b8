#pragma once

#include "engine/text/T5Config.h"

#include <torch/nn/module.h>

#include <filesystem>
#include <memory>

namespace n2m::text {

/// The encoder of T5, versions 1.0 and 1.1 (Raffel et al., 2020, arXiv 1910.10683, and its released code): pre-norm
/// blocks of self-attention with learnt biases per bucket of relative position and no scaling of the scores, and
/// feed-forward layers; RMS norms (no mean, no bias). Its parameters are named as in Hugging Face's checkpoints
/// ("shared.weight", "encoder.block.0.layer.0.SelfAttention.q.weight", ...). One thread at a time while training;
/// forward() without gradients may run on several.
class T5Encoder : public torch::nn::Module {
public:
    /// Random weights of T5's own scales, from torch's default generator.
    explicit T5Encoder(const T5Config& config);

    /// Loads config.json and model.safetensors of a folder in the Hugging Face layout. Ignores the decoder of a whole
    /// T5. Weights of 32 bits stay in the file's memory mapping. The encoder is in evaluation mode. Throws
    /// base::Failure that names the file and what is wrong with it.
    static std::shared_ptr<T5Encoder> load(const std::filesystem::path& folder);

    /// Checks that config.json and model.safetensors of a folder fit together, by names and shapes alone: as quick for
    /// the largest T5 as for the smallest. Throws as load().
    static T5Config check(const std::filesystem::path& folder);

    /// Writes config.json and model.safetensors into the folder, which is made if it is missing; `type` is the type of
    /// the weights on disk (kFloat, kHalf, kBFloat16). The transformers library loads it as a T5EncoderModel.
    void save(const std::filesystem::path& folder, torch::ScalarType type = torch::kFloat) const;

    /// tokens int64 [batch, length], mask bool [batch, length] (false = padding, which nothing attends to) → embeddings
    /// [batch, length, width], arbitrary at the padding.
    torch::Tensor forward(const torch::Tensor& tokens, const torch::Tensor& mask);

    const T5Config& config() const { return m_config; }

private:
    T5Encoder(const T5Config& config, torch::Device device); // allocates the weights without filling them

    class Stack;
    class Embedding;
    T5Config m_config;
    std::shared_ptr<Embedding> m_shared;
    std::shared_ptr<Stack> m_encoder;
};

/// The bucket of each relative position (key minus query), int64 of the shape of `distances` (int64). Each direction
/// has half of the buckets; half of those are for one distance each, the rest grow logarithmically up to `maxDistance`.
torch::Tensor relativePositionBuckets(const torch::Tensor& distances, int buckets, int maxDistance);

} // namespace n2m::text
