#pragma once

#include "engine/audio/Stft.h"

#include <cstdint>
#include <span>
#include <vector>

namespace n2m::audio {

/// Phases for the magnitudes of a Stft, row-major [frames, bins], in radians within ±π, referred to the first sample of
/// each window: phase gradient heap integration (Průša, Balazs and Søndergaard, "A noniterative method for
/// reconstruction of phase from STFT magnitude", 2017). Under a nearly Gaussian window the gradient of the phase is
/// that of the log-magnitude turned by a right angle. It is integrated by the trapezoid rule from the loudest bin
/// outwards, along the loudest path. Bins more than 80 dB below the loudest get random phases.
///
/// With the window M, the hop a, s = ln |X| and γ = 0.25645 M², the Gaussian nearest to a Hann window:
///
///     ∂φ/∂frame = a M/γ · ∂s/∂bin + 2π a bin/M,      ∂φ/∂bin = −γ/(a M) · ∂s/∂frame − π
///
/// Loudness is compared in steps of 1/16 of ln |X|, so that a queue with a bucket for each step does the work of a heap
/// in linear time. Long spectrograms are integrated in segments of two or three seconds at a hop of 10 ms: first every
/// second one, then those between, from both of their neighbours. So memory is bounded and the threads share the work.
/// The result depends on the magnitudes and the seed alone, not on the number of threads. Throws base::InvalidInput
/// where the magnitudes are not a whole number of frames. Any thread.
std::vector<float> integratedPhases(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed,
                                    int threads = 1);

} // namespace n2m::audio
