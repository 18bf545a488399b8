#pragma once

#include <torch/torch.h>

#include <cstdint>

/// \file
/// The normalisations of the U-Net on [batch, time, channels] activations in fp32 or bf16, statistics in fp32.

namespace n2m::network {

/// Groups of a GroupNorm over `channels`: the largest divisor of `channels` that is at most 32 (Wu and He, 2018) and
/// leaves at least 8 channels per group; 1 where there is none.
std::int64_t normGroups(std::int64_t channels);

/// h = x·scale + shift, per sample and channel; a = swish(GroupNorm(h)·weight + bias).
/// Returns {h, a}. x [B, T, C]; scale and shift fp32 [B, C]; weight and bias [C].
std::pair<torch::Tensor, torch::Tensor> combineNormSwish(const torch::Tensor& x, const torch::Tensor& scale,
                                                         const torch::Tensor& shift, const torch::Tensor& weight,
                                                         const torch::Tensor& bias, std::int64_t groups);

/// swish(GroupNorm(x)·weight + bias). x [B, T, C].
torch::Tensor normSwish(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                        std::int64_t groups);

} // namespace n2m::network
