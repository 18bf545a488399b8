#pragma once

#include "engine/audio/GriffinLim.h"

/// How many iterations each use of Griffin-Lim takes.
namespace n2m::cascade {

/// Iterations that make sound of a generator's spectrogram, unless a request sets their number.
inline constexpr int griffinLimIterations = 32;

/// Iterations of the Griffin-Lim estimate that a vocoder may be conditioned on; the same in training.
inline constexpr int estimateIterations = 16;

/// Iterations that make sound of a vocoder's spectrum. Chosen by vocoder and sound together, over 6 s of four of the
/// reference clips (spectral convergence, log-magnitude; 64 iterations from the log-mel spectrogram alone: .453, .662):
/// 32 for the phases alone .407, .647; 16 and 64 .368, .618; 8 and 128 .345, .612; 16 and 240 .337, .607 (with one
/// update of the magnitudes in each; GriffinLim.cpp says what more of them give).
inline constexpr audio::JointIterations vocoderIterations{.phases = 8, .both = 104};

} // namespace n2m::cascade
