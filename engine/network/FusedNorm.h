#pragma once

#include <torch/types.h>

#include <cstdint>
#include <utility>

/// \file
/// The norms of the U-Net, fused with the operations next to them: one or two passes over [batch, time, channels]
/// activations, forward and backward, fp32 or bf16 with fp32 arithmetic and statistics. (Measured in stock torch 1.13:
/// casts, norms and element-wise operations took most of a training step.) On other devices and for other types the
/// same functions use torch's own operations. Weights and biases are fp32. All are differentiable once.

namespace n2m::network {

/// Groups of a GroupNorm over `channels`: the largest divisor of `channels` that is at most 32 (Wu and He, 2018) and
/// leaves at least 8 channels per group; 1 where there is none.
std::int64_t normGroups(std::int64_t channels);

/// h = x·scale + shift, per sample and channel; a = swish(GroupNorm(h)·weight + bias). Returns {h, a}.
/// x [B, T, C]; scale and shift [B, C]; weight and bias [C].
std::pair<torch::Tensor, torch::Tensor> combineNormSwish(const torch::Tensor& x, const torch::Tensor& scale,
                                                         const torch::Tensor& shift, const torch::Tensor& weight,
                                                         const torch::Tensor& bias, std::int64_t groups);

/// swish(GroupNorm(x)·weight + bias). x [B, T, C].
torch::Tensor normSwish(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                        std::int64_t groups);

/// A residual stream whose last addition is still to be done: its value is x + delta + bias.
struct Residual {
    torch::Tensor x, delta; ///< [B, T, C]
    torch::Tensor bias;     ///< [C]; undefined = none
};

/// x + delta + bias.
torch::Tensor settle(const Residual& residual);

/// total = x + delta + bias; y = LayerNorm(total)·weight + offset over the channels (Ba et al., 2016).
/// Returns {total, y}.
std::pair<torch::Tensor, torch::Tensor> residualNorm(const Residual& residual, const torch::Tensor& weight,
                                                     const torch::Tensor& offset);

/// swish(x + bias). x [B, T, C], bias [C].
torch::Tensor biasSwish(const torch::Tensor& x, const torch::Tensor& bias);

} // namespace n2m::network
