#pragma once

#include "engine/network/ConditioningCache.h"
#include "engine/network/FusedNorm.h"
#include "engine/network/Layers.h"

#include <memory>

namespace n2m::network {

/// The text as the attention layers see it.
struct TextContext {
    torch::Tensor tokens;  ///< [B, L, W] in the type of the activations; undefined = no text
    torch::Tensor visible; ///< bool [B, L]: tokens that are not padding, of samples whose text is not hidden
    torch::Tensor bias;    ///< [B, 1, 1, L], added to the scores: 0, or very negative for padding
    ConditioningCache* cache = nullptr;
};

/// The weights of a LayerNorm over the channels (Ba et al., 2016).
class ChannelNorm : public torch::nn::Module {
public:
    explicit ChannelNorm(std::int64_t channels);
    /// Returns {x + delta + bias, its norm}.
    std::pair<torch::Tensor, torch::Tensor> forward(const Residual& x) { return residualNorm(x, weight, bias); }

    torch::Tensor weight, bias;
};

/// The residual layer after an attention: x + W₂ swish(W₁ norm(x)), hidden width 2C. W₂ starts at zero.
class FeedForward : public torch::nn::Module {
public:
    explicit FeedForward(std::int64_t channels);
    Residual forward(const Residual& x);

private:
    std::shared_ptr<ChannelNorm> m_norm;
    std::shared_ptr<Linear> m_widen, m_narrow;
};

/// x + O(attention over time(norm(x))), then the feed-forward. O starts at zero.
/// With rotary positions (Su et al., 2021, base 10000) queries and keys are turned by their index in time.
class SelfAttention : public torch::nn::Module {
public:
    SelfAttention(std::int64_t channels, std::int64_t heads, bool rotary);
    Residual forward(const Residual& x);

private:
    std::int64_t m_heads;
    bool m_rotary;
    std::shared_ptr<ChannelNorm> m_norm;
    std::shared_ptr<Linear> m_queryKeyValue, m_out;
    std::shared_ptr<FeedForward> m_feedForward;
};

/// x + O(attention to the text(norm(x))), then the feed-forward. O has no bias and starts at zero; samples whose text
/// is hidden get exactly zero from it. Keys and values depend on the text alone and go into the cache.
class CrossAttention : public torch::nn::Module {
public:
    CrossAttention(std::int64_t channels, std::int64_t heads, std::int64_t textWidth);
    Residual forward(const Residual& x, const TextContext& text);

private:
    std::int64_t m_heads;
    std::shared_ptr<ChannelNorm> m_norm;
    std::shared_ptr<Linear> m_query, m_keyValue, m_out;
    std::shared_ptr<FeedForward> m_feedForward;
};

} // namespace n2m::network
