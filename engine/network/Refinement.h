#pragma once

#include "engine/network/Layers.h"

#include <torch/torch.h>

#include <cstdint>

namespace n2m::network {

/// What a U-Net over patches cannot pass on: with fewer channels than a patch has values, fine details of x_t and of
/// the stacked channels are lost between entry and exit, at every step and in the last one for good. At the full rate,
/// x_t is blended with the network's answer, channel by channel, by gains that the time decides (as the skip of Karras
/// et al., "Elucidating the design space of diffusion-based generative models", 2022, but learnt), and three
/// convolutions (kernel 3) over x_t, what is stacked and the answer add what else is missing; there the time scales and
/// shifts the first one's channels. Starts as the identity: the gains and the last convolution are zero.
class Refinement : public torch::nn::Module {
public:
    /// `input`: channels of x_t, which come first, and of what is stacked; `data`: of the answer; `embedding`: width of
    /// the time's.
    Refinement(std::int64_t input, std::int64_t data, std::int64_t channels, std::int64_t embedding);

    /// x [B, T, input], answer [B, T, data], time [B, embedding] fp32 → [B, T, data], in the type of x.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& answer, const torch::Tensor& time);

private:
    std::int64_t m_data, m_channels;
    std::shared_ptr<Convolution> m_entry, m_middle, m_exit;
    std::shared_ptr<Linear> m_combine, m_gains;
};

} // namespace n2m::network
