#pragma once

#include "engine/audio/GriffinLim.h"

/// How many iterations each use of Griffin-Lim takes.
namespace n2m::cascade {

/// Iterations that make sound of a generator's spectrogram, unless a request sets their number. GriffinLim.h has the
/// measurements.
inline constexpr int griffinLimIterations = 16;

/// Iterations of the Griffin-Lim estimate that a vocoder may be conditioned on; the same in training.
inline constexpr int estimateIterations = 16;

/// Iterations that make sound of a vocoder's spectrum. Chosen with the bundled vocoder on 5 s of each of the reference
/// clips: the fewest that are as near to the original as the 8 and 104 from random phases that were used before.
/// Spectral convergence, log-magnitude, dB between log-mel spectrograms, processor seconds on a busy machine:
///
///     random phases,     8 and 104    .347  .609  .113  3.3
///     integrated phases, 4 and 60     .337  .611  .118  0.31
///                        4 and 92     .330  .608  .099  0.47
///                        8 and 104    .327  .608  .097  0.54
inline constexpr audio::JointIterations vocoderIterations{.phases = 4, .both = 92};

} // namespace n2m::cascade
