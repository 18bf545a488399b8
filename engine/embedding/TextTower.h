#pragma once

#include "engine/embedding/EmbeddingConfig.h"

#include <torch/nn/module.h>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <string>
#include <vector>

namespace n2m::embedding {

/// Texts as the text tower takes them.
struct TextBatch {
    torch::Tensor rows;    ///< int64 [entries], of the table of hashed words
    torch::Tensor weights; ///< float32 [entries]
    torch::Tensor offsets; ///< int64 [words]: the first entry of each word
    torch::Tensor places;  ///< int64 [words]: text · longest + position
    torch::Tensor mask;    ///< float32 [texts, longest]: 1 where there is a word
};

/// The text tower: hashed words (HashedWords.h), learned positions, layers of self-attention, the mean over the words.
/// One thread may train it; several may call forward() in evaluation mode.
class TextTower : public torch::nn::Module {
public:
    explicit TextTower(const EmbeddingConfig& config);

    TextBatch batchOf(const std::vector<std::string>& texts) const;

    /// Unit vectors [texts, dimensions].
    torch::Tensor forward(const TextBatch& batch);

private:
    class Layer;

    EmbeddingConfig m_config;
    torch::nn::EmbeddingBag m_table{nullptr};
    torch::nn::Linear m_entry{nullptr}, m_exit{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
    torch::Tensor m_positions;
    torch::nn::ModuleList m_layers;
};

} // namespace n2m::embedding
