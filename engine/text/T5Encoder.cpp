#include "engine/text/T5Encoder.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/model/Safetensors.h"

#include <nlohmann/json.hpp>
#include <torch/nn/modules/container/modulelist.h>
#include <torch/utils.h>

#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace n2m::text {

namespace {

// The modules below give the parameters their names. Their weights are allocated, not filled: the constructor of
// T5Encoder draws them, load() replaces them, and untouched pages cost no memory. On torch's "meta" device they have
// shapes only, for comparison with a file.

// A linear layer without bias.
struct T5Linear : torch::nn::Module {
    torch::Tensor weight;
    T5Linear(int in, int out, torch::Device device) {
        weight = register_parameter("weight", torch::empty({out, in}, device));
    }
    torch::Tensor forward(const torch::Tensor& x) const { return torch::linear(x, weight); }
};

// x / sqrt(mean(x²) + ε) × weight.
struct RmsNorm : torch::nn::Module {
    torch::Tensor weight;
    double epsilon;
    RmsNorm(int width, double eps, torch::Device device)
        : epsilon(eps) {
        weight = register_parameter("weight", torch::empty({width}, device));
    }
    torch::Tensor forward(const torch::Tensor& x) const {
        return x * torch::rsqrt(x.square().mean(-1, true) + epsilon) * weight;
    }
};

// A table with a row per index.
struct Table : torch::nn::Module {
    torch::Tensor weight;
    Table(int rows, int width, torch::Device device) {
        weight = register_parameter("weight", torch::empty({rows, width}, device));
    }
    torch::Tensor forward(const torch::Tensor& indices) const { return torch::embedding(weight, indices); }
};

struct T5Attention : torch::nn::Module {
    const T5Config config;
    std::shared_ptr<T5Linear> q, k, v, o;
    std::shared_ptr<Table> bias; // of relative positions; the first block's serves all

    T5Attention(const T5Config& c, bool first, torch::Device device)
        : config(c) {
        const int inner = c.heads * c.headWidth;
        q = register_module("q", std::make_shared<T5Linear>(c.width, inner, device));
        k = register_module("k", std::make_shared<T5Linear>(c.width, inner, device));
        v = register_module("v", std::make_shared<T5Linear>(c.width, inner, device));
        o = register_module("o", std::make_shared<T5Linear>(inner, c.width, device));
        if (first)
            bias = register_module("relative_attention_bias", std::make_shared<Table>(c.buckets, c.heads, device));
    }

    // [1, heads, length, length]
    torch::Tensor positionBias(std::int64_t length) const {
        const auto positions = torch::arange(length, torch::TensorOptions(torch::kLong).device(bias->weight.device()));
        const auto distances = positions.unsqueeze(0) - positions.unsqueeze(1); // key − query
        const auto buckets = relativePositionBuckets(distances, config.buckets, config.maxDistance);
        return bias->forward(buckets).permute({2, 0, 1}).unsqueeze(0);
    }

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& scoreBias) {
        const auto split = [&](const torch::Tensor& y) {
            return y.view({x.size(0), x.size(1), config.heads, config.headWidth}).transpose(1, 2);
        };
        const auto scores = torch::matmul(split(q->forward(x)), split(k->forward(x)).transpose(2, 3)) + scoreBias;
        const auto weights = torch::dropout(torch::softmax(scores, -1), config.dropout, is_training());
        const auto mixed = torch::matmul(weights, split(v->forward(x))).transpose(1, 2);
        return o->forward(mixed.reshape({x.size(0), x.size(1), config.heads * config.headWidth}));
    }
};

struct AttentionLayer : torch::nn::Module {
    double dropout;
    std::shared_ptr<T5Attention> attention;
    std::shared_ptr<RmsNorm> norm;

    AttentionLayer(const T5Config& c, bool first, torch::Device device)
        : dropout(c.dropout) {
        attention = register_module("SelfAttention", std::make_shared<T5Attention>(c, first, device));
        norm = register_module("layer_norm", std::make_shared<RmsNorm>(c.width, c.epsilon, device));
    }
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& scoreBias) {
        return x + torch::dropout(attention->forward(norm->forward(x), scoreBias), dropout, is_training());
    }
};

// wo(relu(wi x)), or wo(gelu(wi_0 x) × wi_1 x) with the tanh form of GELU.
struct Dense : torch::nn::Module {
    double dropout;
    std::shared_ptr<T5Linear> first, gated, last;

    Dense(const T5Config& c, torch::Device device)
        : dropout(c.dropout) {
        if (c.feedForward == FeedForwardKind::GatedGelu) {
            first = register_module("wi_0", std::make_shared<T5Linear>(c.width, c.hiddenWidth, device));
            gated = register_module("wi_1", std::make_shared<T5Linear>(c.width, c.hiddenWidth, device));
        } else {
            first = register_module("wi", std::make_shared<T5Linear>(c.width, c.hiddenWidth, device));
        }
        last = register_module("wo", std::make_shared<T5Linear>(c.hiddenWidth, c.width, device));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        const auto inner = first->forward(x);
        const auto hidden = gated ? torch::gelu(inner, "tanh") * gated->forward(x) : torch::relu(inner);
        return last->forward(torch::dropout(hidden, dropout, is_training()));
    }
};

struct FeedForwardLayer : torch::nn::Module {
    double dropout;
    std::shared_ptr<Dense> dense;
    std::shared_ptr<RmsNorm> norm;

    FeedForwardLayer(const T5Config& c, torch::Device device)
        : dropout(c.dropout) {
        dense = register_module("DenseReluDense", std::make_shared<Dense>(c, device));
        norm = register_module("layer_norm", std::make_shared<RmsNorm>(c.width, c.epsilon, device));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        return x + torch::dropout(dense->forward(norm->forward(x)), dropout, is_training());
    }
};

struct T5Block : torch::nn::Module {
    std::shared_ptr<AttentionLayer> attention;
    std::shared_ptr<FeedForwardLayer> feedForward;

    T5Block(const T5Config& c, bool first, torch::Device device) {
        torch::nn::ModuleList layer;
        attention = std::make_shared<AttentionLayer>(c, first, device);
        feedForward = std::make_shared<FeedForwardLayer>(c, device);
        layer->push_back(std::static_pointer_cast<torch::nn::Module>(attention));
        layer->push_back(std::static_pointer_cast<torch::nn::Module>(feedForward));
        register_module("layer", layer);
    }
};

void draw(torch::Tensor& weight, double deviation) {
    weight.normal_(0.0, deviation);
}

} // namespace

class T5Encoder::Embedding : public Table {
public:
    using Table::Table;
};

class T5Encoder::Stack : public torch::nn::Module {
public:
    Stack(const T5Config& config, torch::Device device)
        : m_dropout(config.dropout) {
        torch::nn::ModuleList list;
        for (int index = 0; index < config.layers; ++index) {
            m_blocks.push_back(std::make_shared<T5Block>(config, index == 0, device));
            list->push_back(std::static_pointer_cast<torch::nn::Module>(m_blocks.back()));
        }
        register_module("block", list);
        m_norm = register_module("final_layer_norm", std::make_shared<RmsNorm>(config.width, config.epsilon, device));
    }

    // Uses the scales of the released code (Mesh TensorFlow), as in transformers' T5PreTrainedModel._init_weights.
    void reset(const T5Config& c) {
        const double narrow = std::pow(c.width, -0.5);
        for (const auto& block : m_blocks) {
            const auto& attention = *block->attention->attention;
            draw(attention.q->weight, narrow * std::pow(c.headWidth, -0.5));
            draw(attention.k->weight, narrow);
            draw(attention.v->weight, narrow);
            draw(attention.o->weight, std::pow(c.heads * c.headWidth, -0.5));
            if (attention.bias) draw(attention.bias->weight, narrow);
            const auto& dense = *block->feedForward->dense;
            draw(dense.first->weight, narrow);
            if (dense.gated) draw(dense.gated->weight, narrow);
            draw(dense.last->weight, std::pow(c.hiddenWidth, -0.5));
            block->attention->norm->weight.fill_(1.0);
            block->feedForward->norm->weight.fill_(1.0);
        }
        m_norm->weight.fill_(1.0);
    }

    torch::Tensor forward(torch::Tensor x, const torch::Tensor& mask) {
        // The lowest number, not -∞: a row with nothing to attend to stays finite.
        const auto hidden =
            torch::zeros(mask.sizes(), x.options()).masked_fill(~mask, std::numeric_limits<float>::lowest());
        const auto bias = m_blocks.front()->attention->attention->positionBias(x.size(1)) +
                          hidden.unsqueeze(1).unsqueeze(1); // [batch, heads, length, length]
        x = torch::dropout(x, m_dropout, is_training());
        for (const auto& block : m_blocks)
            x = block->feedForward->forward(block->attention->forward(x, bias));
        return torch::dropout(m_norm->forward(x), m_dropout, is_training());
    }

private:
    double m_dropout;
    std::vector<std::shared_ptr<T5Block>> m_blocks;
    std::shared_ptr<RmsNorm> m_norm;
};

T5Encoder::T5Encoder(const T5Config& config, torch::Device device)
    : m_config(config) {
    m_shared = register_module("shared", std::make_shared<Embedding>(config.vocabularySize, config.width, device));
    m_encoder = register_module("encoder", std::make_shared<Stack>(config, device));
}

T5Encoder::T5Encoder(const T5Config& config)
    : T5Encoder(config, torch::Device(torch::kCPU)) {
    const torch::NoGradGuard noGradients;
    draw(m_shared->weight, 1.0);
    m_encoder->reset(config);
}

namespace {

// The encoder's own names and those of the same tensors in the file. The table of the words may have another name
// there, or several.
std::map<std::string, std::string> encoderNames(const model::SafetensorsFile& file) {
    const std::string shared = "shared.weight", tied = "encoder.embed_tokens.weight";
    std::map<std::string, std::string> names;
    for (const std::string& name : file.names()) {
        if (!name.starts_with("decoder.") && name != "lm_head.weight" && name != tied) names.emplace(name, name);
    }
    if (!names.contains(shared) && file.contains(tied)) names.emplace(shared, tied);
    return names;
}

} // namespace

T5Config T5Encoder::check(const std::filesystem::path& folder) {
    const T5Config config = readT5Config(folder / "config.json");
    const model::SafetensorsFile file(folder / "model.safetensors");
    std::map<std::string, const model::TensorInfo*> found;
    for (const auto& [own, name] : encoderNames(file))
        found.emplace(own, &file.info(name));
    const torch::Device shapesOnly(torch::kMeta);
    model::checkParameters(T5Encoder(config, shapesOnly), found, file.path().string());
    return config;
}

std::shared_ptr<T5Encoder> T5Encoder::load(const std::filesystem::path& folder) {
    // Shapes are checked first: a configuration that does not fit its file must not make us allocate what it claims.
    const T5Config config = check(folder);
    const model::SafetensorsFile file(folder / "model.safetensors");
    const std::shared_ptr<T5Encoder> encoder(new T5Encoder(config, torch::Device(torch::kCPU)));
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [own, name] : encoderNames(file))
        tensors.emplace(own, file.tensor(name));
    model::adoptParameters(*encoder, tensors, file.path().string());
    encoder->eval();
    return encoder;
}

void T5Encoder::save(const std::filesystem::path& folder, torch::ScalarType type) const {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw base::Failure("{}: cannot be made: {}", base::printable(folder.string()),
                            base::Message::verbatim(error.message()));
    }
    // transformers wants to be told that the tensors come from torch.
    model::writeSafetensors(folder / "model.safetensors", model::parametersOf(*this), {{"format", "pt"}}, type);
    base::writeTextFile(folder / "config.json", toJson(m_config).dump(2) + "\n");
}

torch::Tensor T5Encoder::forward(const torch::Tensor& tokens, const torch::Tensor& mask) {
    return m_encoder->forward(m_shared->forward(tokens), mask);
}

// Follows transformers' T5Attention._relative_position_bucket, bidirectional, in the same order of 32 bit operations,
// because rounding decides at the limits of the buckets.
torch::Tensor relativePositionBuckets(const torch::Tensor& distances, int buckets, int maxDistance) {
    const int perDirection = buckets / 2, exact = perDirection / 2;
    const auto distance = distances.abs();
    const auto large = exact + (torch::log(distance.clamp_min(1).to(torch::kFloat) / exact) /
                                std::log(static_cast<double>(maxDistance) / exact) * (perDirection - exact))
                                   .to(torch::kLong);
    const auto bucket = torch::where(distance < exact, distance, large.clamp_max(perDirection - 1));
    return bucket + (distances > 0).to(torch::kLong) * perDirection;
}

} // namespace n2m::text
