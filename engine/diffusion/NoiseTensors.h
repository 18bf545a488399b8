#pragma once

#include "engine/sampling/NoiseSchedule.h"

#include <torch/types.h>

/// The noise schedule for tensors of times of any shape: computed in double, given as float32 on the device of `t`.
/// The formulas are those of sampling::NoiseSchedule. Pure functions.
namespace n2m::diffusion {

torch::Tensor alphaAt(const sampling::NoiseSchedule& schedule, const torch::Tensor& t);
torch::Tensor sigmaAt(const sampling::NoiseSchedule& schedule, const torch::Tensor& t);
torch::Tensor lambdaAt(const sampling::NoiseSchedule& schedule, const torch::Tensor& t);

} // namespace n2m::diffusion
