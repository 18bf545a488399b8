#pragma once

#include "engine/audio/GriffinLim.h"

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace n2m::cascade {

/// A log-mel spectrogram [bands, frames] as sound by Griffin-Lim, at the rate of the log-mel analysis.
std::vector<float> invertSpectrogram(const torch::Tensor& spectrogram, int iterations, std::uint64_t seed, int threads,
                                     const audio::GriffinLimObserver& observer);

} // namespace n2m::cascade
