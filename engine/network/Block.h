#pragma once

#include "engine/network/Attention.h"
#include "engine/network/Layers.h"

#include <memory>

namespace n2m::network {

/// The sizes and the optional layers of a block.
struct BlockShape {
    std::int64_t channels = 0, kernel = 0, embedding = 0; ///< embedding: width of the time embedding
    bool selfAttention = false, crossAttention = false, rotary = false;
    std::int64_t heads = 1, textWidth = 0;
};

/// A block of the U-Net (Noise2Music, Huang et al., 2023, §3.3), [B, T, C] → [B, T, C]:
///   h = CombineEmb(x, e) = x·(1 + scale(e)) + shift(e)
///   y = conv(swish(norm(conv(swish(norm(h)))))) + skip(h), norm = GroupNorm
/// then self- and cross-attention where they are switched on.
/// At the start it is the identity: scale, shift and second convolution are zero, the linear skip is the unit matrix.
class Block : public torch::nn::Module {
public:
    explicit Block(const BlockShape& shape);
    /// embedding: fp32 [B, E].
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& embedding, const TextContext& text);

private:
    std::int64_t m_channels, m_groups;
    std::shared_ptr<Linear> m_combine, m_skip;
    std::shared_ptr<Convolution> m_first, m_second;
    torch::Tensor m_firstWeight, m_firstBias, m_secondWeight, m_secondBias; ///< of the two GroupNorms
    std::shared_ptr<SelfAttention> m_selfAttention;
    std::shared_ptr<CrossAttention> m_crossAttention;
};

} // namespace n2m::network
