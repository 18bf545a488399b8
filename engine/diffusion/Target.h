#pragma once

#include "engine/diffusion/DiffusionConfig.h"
#include "engine/sampling/NoiseSchedule.h"

#include <torch/torch.h>

namespace n2m::diffusion {

/// One batch as the network is trained on it.
struct TrainingTarget {
    torch::Tensor t;      ///< [batch], in [0, 1]
    torch::Tensor noisy;  ///< x_t, [batch, channels, time]: the network's input
    torch::Tensor target; ///< what the network is to say, of the same shape
    torch::Tensor weight; ///< w_t, [batch]
};

/// Times for a batch, [batch] on the CPU: each is uniform in [0, 1], and together they are spread evenly over it
/// (t_i = (u + i)/batch: Kingma et al., 2021, appendix I.1), which makes the loss of small batches far less noisy.
torch::Tensor drawTimes(std::int64_t batch, const torch::Generator& generator);

/// Noises `data` ([batch, channels, time], in the data's own units) at the times `t` with `epsilon` of the same shape.
/// The data is first divided by config.dataDeviation.
TrainingTarget makeTarget(const torch::Tensor& data, const torch::Tensor& t, const torch::Tensor& epsilon,
                          const DiffusionConfig& config);

/// The same with times and noise drawn from `generator`, which lives on the CPU whatever the data's device.
TrainingTarget drawTarget(const torch::Tensor& data, const DiffusionConfig& config, const torch::Generator& generator);

/// mean of w_t (output − target)², a scalar in float32 (Noise2Music, §3.1: E[w_t ‖ε_θ − ε‖²], w = 1 or σ_t²; or
/// as config.weight says). For the
/// other predictions the weight is that of their own squared error.
torch::Tensor diffusionLoss(const torch::Tensor& output, const TrainingTarget& target);

/// Per clip: [batch], for reports by noise level.
torch::Tensor diffusionLossPerClip(const torch::Tensor& output, const TrainingTarget& target);

/// x_0 in the data's own units, from what the network said about a target.
torch::Tensor dataFromOutput(const torch::Tensor& output, const TrainingTarget& target, const DiffusionConfig& config);

} // namespace n2m::diffusion
