#pragma once

#include "engine/model/StageConfig.h"
#include "engine/request/Progress.h"

#include <torch/torch.h>

#include <functional>
#include <span>

namespace n2m::cascade {

/// What makes an estimate when one is due; borrows its arguments, so call it before they change.
using EstimateMaker = std::function<Estimate()>;

/// A sampler's x_0 [1, channels, time] of a stage, in the network's units and on its device, as plain numbers for a
/// clip of `seconds`. Empty before the first step, where x_0 is undefined, and for a vocoder that makes a spectrum: its
/// picture is the spectrogram that it was given, and its sound comes with the search for the phases.
EstimateMaker estimateOf(const torch::Tensor& x0, const model::StageConfig& config, double seconds);

/// What a generator has made, [channels, time] in the data's own units, on the CPU.
Estimate resultOf(const torch::Tensor& made, const model::StageConfig& config, double seconds);

/// Mono sound that a stage has made, or has so far.
Estimate resultOf(std::span<const float> sound, int sampleRate, double seconds);

} // namespace n2m::cascade
