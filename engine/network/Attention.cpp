#include "engine/network/Attention.h"

#include <torch/utils.h>

#include <cmath>

namespace n2m::network {

namespace {

/// [B, T, n·C] → n tensors [B, heads, T, C/heads].
std::vector<torch::Tensor> splitHeads(const torch::Tensor& x, std::int64_t parts, std::int64_t heads) {
    const auto width = x.size(2) / (parts * heads);
    return x.reshape({x.size(0), x.size(1), parts, heads, width}).permute({2, 0, 3, 1, 4}).contiguous().unbind(0);
}

/// [B, heads, T, D] → [B, T, heads·D].
torch::Tensor joinHeads(const torch::Tensor& x) {
    return x.transpose(1, 2).reshape({x.size(0), x.size(2), x.size(1) * x.size(3)});
}

/// softmax(q kᵀ/√D + bias) v on [B, heads, T, D]. bias may be undefined.
torch::Tensor attend(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                     const torch::Tensor& bias) {
    torch::Tensor scores = torch::matmul(q * (1.0 / std::sqrt(static_cast<double>(q.size(3)))), k.transpose(2, 3));
    if (bias.defined()) scores = scores + bias;
    return torch::matmul(torch::softmax(scores, -1, torch::kFloat).to(v.scalar_type()), v);
}

/// Rotary positions: the pairs (i, i + D/2) of every head are turned by index·10000^(−2i/D).
torch::Tensor rotate(const torch::Tensor& x) {
    const auto length = x.size(2), half = x.size(3) / 2;
    const auto options = torch::TensorOptions().device(x.device()).dtype(torch::kFloat);
    const torch::Tensor frequency =
        torch::exp(torch::arange(half, options) * (-std::log(10000.0) / static_cast<double>(half)));
    const torch::Tensor angle = torch::arange(length, options).unsqueeze(1) * frequency;
    const torch::Tensor cosine = angle.cos().to(x.scalar_type()), sine = angle.sin().to(x.scalar_type());
    const torch::Tensor a = x.narrow(3, 0, half), b = x.narrow(3, half, half);
    return torch::cat({a * cosine - b * sine, a * sine + b * cosine}, 3);
}

} // namespace

ChannelNorm::ChannelNorm(std::int64_t channels) {
    weight = register_parameter("weight", torch::ones({channels}));
    bias = register_parameter("bias", torch::zeros({channels}));
}

FeedForward::FeedForward(std::int64_t channels)
    : m_norm(register_module("norm", std::make_shared<ChannelNorm>(channels)))
    , m_widen(register_module("widen", std::make_shared<Linear>(channels, 2 * channels)))
    , m_narrow(register_module("narrow", std::make_shared<Linear>(2 * channels, channels))) {
    const torch::NoGradGuard guard;
    m_narrow->weight.zero_();
}

Residual FeedForward::forward(const Residual& x) {
    const auto [total, normal] = m_norm->forward(x);
    const torch::Tensor hidden = biasSwish(m_widen->multiply(normal), m_widen->bias);
    return {total, m_narrow->multiply(hidden), m_narrow->bias};
}

SelfAttention::SelfAttention(std::int64_t channels, std::int64_t heads, bool rotary)
    : m_heads(heads)
    , m_rotary(rotary)
    , m_norm(register_module("norm", std::make_shared<ChannelNorm>(channels)))
    , m_queryKeyValue(register_module("query_key_value", std::make_shared<Linear>(channels, 3 * channels)))
    , m_out(register_module("out", std::make_shared<Linear>(channels, channels)))
    , m_feedForward(register_module("feed_forward", std::make_shared<FeedForward>(channels))) {
    const torch::NoGradGuard guard;
    m_out->weight.zero_();
}

Residual SelfAttention::forward(const Residual& x) {
    const auto [total, normal] = m_norm->forward(x);
    auto parts = splitHeads(m_queryKeyValue->forward(normal), 3, m_heads);
    if (m_rotary) {
        parts[0] = rotate(parts[0]);
        parts[1] = rotate(parts[1]);
    }
    const torch::Tensor seen = joinHeads(attend(parts[0], parts[1], parts[2], {}));
    return m_feedForward->forward({total, m_out->multiply(seen), m_out->bias});
}

CrossAttention::CrossAttention(std::int64_t channels, std::int64_t heads, std::int64_t textWidth)
    : m_heads(heads)
    , m_norm(register_module("norm", std::make_shared<ChannelNorm>(channels)))
    , m_query(register_module("query", std::make_shared<Linear>(channels, channels)))
    , m_keyValue(register_module("key_value", std::make_shared<Linear>(textWidth, 2 * channels)))
    , m_out(register_module("out", std::make_shared<Linear>(channels, channels, false)))
    , m_feedForward(register_module("feed_forward", std::make_shared<FeedForward>(channels))) {
    const torch::NoGradGuard guard;
    m_out->weight.zero_();
}

Residual CrossAttention::forward(const Residual& x, const TextContext& text) {
    if (!text.tokens.defined()) return m_feedForward->forward(x);
    const torch::Tensor keyValue = cached(text.cache, this, [&] {
        const auto parts = splitHeads(m_keyValue->forward(text.tokens), 2, m_heads);
        // Values of unseen tokens are zero, so that a sample with nothing visible gets exactly zero.
        const torch::Tensor unseen = text.visible.logical_not().unsqueeze(1).unsqueeze(3);
        return torch::stack({parts[0], parts[1].masked_fill(unseen, 0)});
    });
    const auto [total, normal] = m_norm->forward(x);
    const torch::Tensor query = splitHeads(m_query->forward(normal), 1, m_heads)[0];
    const torch::Tensor seen = joinHeads(attend(query, keyValue[0], keyValue[1], text.bias));
    return m_feedForward->forward({total, m_out->multiply(seen), m_out->bias});
}

} // namespace n2m::network
