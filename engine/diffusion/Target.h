#pragma once

#include "engine/diffusion/DiffusionConfig.h"
#include "engine/sampling/NoiseSchedule.h"

#include <torch/types.h>

namespace n2m::diffusion {

/// One batch for training: the network's inputs and the outputs that it should give.
struct TrainingTarget {
    torch::Tensor t;      ///< [batch], in [0, 1]
    torch::Tensor noisy;  ///< x_t, [batch, channels, time]: the network's input
    torch::Tensor target; ///< the output that the network should give, of the same shape
    torch::Tensor weight; ///< w_t, [batch]
};

/// Times for a batch, [batch] on the CPU: each is uniform in [0, 1], and together they are spread evenly over it
/// (t_i = (u + i)/batch: Kingma et al., 2021, appendix I.1), which makes the loss of small batches far less noisy.
torch::Tensor drawTimes(std::int64_t batch, const torch::Generator& generator);

/// Noises `data` ([batch, channels, time], in the data's own units) at the times `t` with `epsilon` of the same shape.
/// The data is first divided by config.dataDeviation (sigma_data).
TrainingTarget makeTarget(const torch::Tensor& data, const torch::Tensor& t, const torch::Tensor& epsilon,
                          const DiffusionConfig& config);

/// The same with times and noise drawn from `generator`, which lives on the CPU whatever the data's device.
TrainingTarget drawTarget(const torch::Tensor& data, const DiffusionConfig& config, const torch::Generator& generator);

/// The mean of w_t (output − target)², a scalar in float32 (Noise2Music, §3.1: E[w_t ‖ε_θ − ε‖²], w = 1 or σ_t²; here
/// w follows config.weight). For v and x_0 the weight is that of their own squared error.
torch::Tensor diffusionLoss(const torch::Tensor& output, const TrainingTarget& target);

/// The loss of each clip, [batch], for reports by noise level.
torch::Tensor diffusionLossPerClip(const torch::Tensor& output, const TrainingTarget& target);

/// The x_0 that follows from the network's output for a target, in the data's own units.
torch::Tensor dataFromOutput(const torch::Tensor& output, const TrainingTarget& target, const DiffusionConfig& config);

} // namespace n2m::diffusion
