#include "engine/embedding/TextTower.h"

#include "engine/embedding/HashedWords.h"

#include <torch/nn/functional/normalization.h>
#include <torch/nn/init.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace n2m::embedding {

using torch::Tensor;
namespace nn = torch::nn;

namespace {

// The table holds small numbers, so that the few steps that see a word move it far: Adam's steps have one size for all.
constexpr double wordScale = 10.0;

} // namespace

// A layer of a transformer: norms first, then self-attention and feed-forward, each added to its input.
class TextTower::Layer : public nn::Module {
public:
    explicit Layer(const EmbeddingConfig& config)
        : m_heads(config.textHeads) {
        const std::int64_t width = config.textWidth;
        m_attentionNorm = register_module("attention_norm", nn::LayerNorm(nn::LayerNormOptions({width})));
        m_queries = register_module("queries", nn::Linear(width, 3 * width));
        m_out = register_module("out", nn::Linear(width, width));
        m_hiddenNorm = register_module("hidden_norm", nn::LayerNorm(nn::LayerNormOptions({width})));
        m_hidden = register_module("hidden", nn::Linear(width, config.textHidden));
        m_back = register_module("back", nn::Linear(config.textHidden, width));
    }

    // x: [texts, words, width]; bias: [texts, 1, 1, words], strongly negative where there is no word
    Tensor forward(Tensor x, const Tensor& bias) {
        const std::int64_t texts = x.size(0), words = x.size(1), width = x.size(2);
        const auto parts = m_queries(m_attentionNorm(x))
                               .view({texts, words, 3, m_heads, width / m_heads})
                               .permute({2, 0, 3, 1, 4}) // [3, texts, heads, words, head width]
                               .unbind(0);
        const double scale = 1.0 / std::sqrt(static_cast<double>(width / m_heads));
        const Tensor weights = torch::softmax(torch::matmul(parts[0], parts[1].transpose(2, 3)) * scale + bias, -1);
        x = x + m_out(torch::matmul(weights, parts[2]).transpose(1, 2).reshape({texts, words, width}));
        return x + m_back(torch::gelu(m_hidden(m_hiddenNorm(x))));
    }

private:
    std::int64_t m_heads;
    nn::LayerNorm m_attentionNorm{nullptr}, m_hiddenNorm{nullptr};
    nn::Linear m_queries{nullptr}, m_out{nullptr}, m_hidden{nullptr}, m_back{nullptr};
};

TextTower::TextTower(const EmbeddingConfig& config)
    : m_config(config) {
    m_table = register_module(
        "table", nn::EmbeddingBag(nn::EmbeddingBagOptions(config.buckets, config.wordWidth).mode(torch::kSum)));
    torch::nn::init::normal_(m_table->weight, 0.0, 1.0 / wordScale);
    m_entry = register_module("entry", nn::Linear(config.wordWidth, config.textWidth));
    m_positions = register_parameter("positions", torch::randn({config.maximumWords, config.textWidth}) * 0.02);
    m_layers = register_module("layers", nn::ModuleList());
    for (int layer = 0; layer < config.textLayers; ++layer)
        m_layers->push_back(std::make_shared<Layer>(config));
    m_norm = register_module("norm", nn::LayerNorm(nn::LayerNormOptions({config.textWidth})));
    m_exit = register_module("exit", nn::Linear(config.textWidth, config.dimensions));
}

TextBatch TextTower::batchOf(const std::vector<std::string>& texts) const {
    std::vector<std::int64_t> rows, offsets, places, lengths;
    std::vector<float> weights;
    std::vector<std::vector<HashedWord>> all;
    std::size_t longest = 1;
    for (const std::string& text : texts) {
        all.push_back(hashedWords(text, m_config.buckets, m_config.maximumWords));
        longest = std::max(longest, all.back().size());
    }
    for (std::size_t text = 0; text < all.size(); ++text) {
        for (std::size_t word = 0; word < all[text].size(); ++word) {
            offsets.push_back(static_cast<std::int64_t>(rows.size()));
            places.push_back(static_cast<std::int64_t>(text * longest + word));
            rows.insert(rows.end(), all[text][word].rows.begin(), all[text][word].rows.end());
            weights.insert(weights.end(), all[text][word].weights.begin(), all[text][word].weights.end());
        }
    }
    TextBatch batch;
    batch.rows = torch::tensor(rows, torch::kLong);
    batch.weights = torch::tensor(weights, torch::kFloat);
    batch.offsets = torch::tensor(offsets, torch::kLong);
    batch.places = torch::tensor(places, torch::kLong);
    batch.mask = torch::zeros({static_cast<std::int64_t>(all.size() * longest)});
    batch.mask.index_fill_(0, batch.places, 1.0);
    batch.mask = batch.mask.view({static_cast<std::int64_t>(all.size()), static_cast<std::int64_t>(longest)});
    return batch;
}

Tensor TextTower::forward(const TextBatch& batch) {
    const std::int64_t texts = batch.mask.size(0), longest = batch.mask.size(1);
    Tensor x = torch::zeros({texts * longest, m_config.textWidth});
    if (batch.offsets.size(0) > 0)
        x = x.index_copy(0, batch.places, m_entry(m_table(batch.rows, batch.offsets, batch.weights) * wordScale));
    x = x.view({texts, longest, m_config.textWidth}) + m_positions.narrow(0, 0, longest);
    const Tensor bias = ((batch.mask - 1.0) * 1e4).view({texts, 1, 1, longest});
    for (std::size_t layer = 0; layer < m_layers->size(); ++layer)
        x = m_layers->ptr<Layer>(layer)->forward(x, bias);
    const Tensor mask = batch.mask.unsqueeze(2);
    const Tensor mean = (m_norm(x) * mask).sum(1) / mask.sum(1).clamp_min(1.0);
    return nn::functional::normalize(m_exit(mean), nn::functional::NormalizeFuncOptions().dim(1));
}

} // namespace n2m::embedding
