#include "engine/network/Block.h"

#include "engine/network/FusedNorm.h"

#include <torch/utils.h>

namespace n2m::network {

Block::Block(const BlockShape& shape)
    : m_channels(shape.channels)
    , m_groups(normGroups(shape.channels))
    , m_combine(register_module("combine", std::make_shared<Linear>(shape.embedding, 2 * shape.channels)))
    , m_skip(register_module("skip", std::make_shared<Linear>(shape.channels, shape.channels)))
    , m_first(register_module("first", std::make_shared<Convolution>(shape.channels, shape.channels, shape.kernel)))
    , m_second(register_module("second", std::make_shared<Convolution>(shape.channels, shape.channels, shape.kernel))) {
    const torch::NoGradGuard guard;
    m_firstWeight = register_parameter("first_norm_weight", torch::ones({shape.channels}));
    m_firstBias = register_parameter("first_norm_bias", torch::zeros({shape.channels}));
    m_secondWeight = register_parameter("second_norm_weight", torch::ones({shape.channels}));
    m_secondBias = register_parameter("second_norm_bias", torch::zeros({shape.channels}));
    m_combine->weight.zero_();
    m_second->weight.zero_();
    m_skip->weight.copy_(torch::eye(shape.channels));
    if (shape.selfAttention)
        m_selfAttention = register_module("self_attention",
                                          std::make_shared<SelfAttention>(shape.channels, shape.heads, shape.rotary));
    if (shape.crossAttention)
        m_crossAttention = register_module(
            "cross_attention", std::make_shared<CrossAttention>(shape.channels, shape.heads, shape.textWidth));
}

torch::Tensor Block::forward(const torch::Tensor& x, const torch::Tensor& embedding, const TextContext& text) {
    const auto combine = m_combine->forward(embedding).split(m_channels, 1);
    const auto [h, active] = combineNormSwish(x, combine[0] + 1.0, combine[1], m_firstWeight, m_firstBias, m_groups);
    const torch::Tensor inner = normSwish(m_first->forward(active), m_secondWeight, m_secondBias, m_groups);
    Residual y{m_second->forward(inner), m_skip->multiply(h), m_skip->bias};
    if (m_selfAttention) y = m_selfAttention->forward(y);
    if (m_crossAttention) y = m_crossAttention->forward(y, text);
    return settle(y);
}

} // namespace n2m::network
