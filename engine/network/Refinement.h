#pragma once

#include "engine/network/Layers.h"

#include <torch/nn/module.h>

#include <cstdint>

namespace n2m::network {

/// Restores the fine details that a U-Net over patches loses: with fewer channels than a patch has values, it cannot
/// pass all of x_t and the stacked channels from entry to exit. At the full rate, x_t is blended with the network's
/// answer, channel by channel, by gains that depend on the time (as the skip of Karras et al., "Elucidating the design
/// space of diffusion-based generative models", 2022, but learnt). Three convolutions (kernel 3) over x_t, the stacked
/// channels and the answer add the rest; the time scales and shifts the first one's channels. Starts as the identity:
/// the gains and the last convolution are zero.
class Refinement : public torch::nn::Module {
public:
    /// `input`: channels of x_t, which come first, and of the stacked input; `data`: channels of the answer;
    /// `embedding`: width of the time embedding.
    Refinement(std::int64_t input, std::int64_t data, std::int64_t channels, std::int64_t embedding);

    /// x [B, T, input], answer [B, T, data], time [B, embedding] fp32 → [B, T, data], in the type of x.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& answer, const torch::Tensor& time);

private:
    std::int64_t m_data, m_channels;
    std::shared_ptr<Convolution> m_entry, m_middle, m_exit;
    std::shared_ptr<Linear> m_combine, m_gains;
};

} // namespace n2m::network
