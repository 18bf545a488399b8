#pragma once

#include "engine/model/StageConfig.h"
#include "engine/request/Progress.h"

#include <torch/types.h>

#include <functional>
#include <span>

namespace n2m::cascade {

/// Makes an estimate when one is due. It borrows its arguments, so call it before they change.
using EstimateMaker = std::function<Estimate()>;

/// Turns a sampler's x_0 [1, channels, time], in the network's units and on its device, into plain numbers for a clip
/// of `seconds`. Empty before the first step, where x_0 is undefined, and for a vocoder that makes a spectrum: its
/// spectrogram is known, and its sound follows with the search for the phases.
EstimateMaker estimateOf(const torch::Tensor& x0, const model::StageConfig& config, double seconds);

/// A generator's result, [channels, time] in the data's own units, on the CPU.
Estimate resultOf(const torch::Tensor& made, const model::StageConfig& config, double seconds);

/// A stage's mono sound, finished or so far.
Estimate resultOf(std::span<const float> sound, int sampleRate, double seconds);

} // namespace n2m::cascade
