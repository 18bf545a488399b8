#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/GriffinLim.h"
#include "engine/cascade/Stage.h"

#include <cstdint>
#include <vector>

/// The steps of a cascade between tensors and sound. All sound here is mono. Throw as Stage::sample does.
namespace n2m::cascade {

/// Of the Griffin-Lim estimate that a vocoder may be conditioned on; the same in training.
constexpr int estimateIterations = 16;

/// Of the Griffin-Lim that makes sound of a vocoder's spectrum. Chosen by vocoder and sound together, over 6 s of four
/// of the reference clips (spectral convergence, log-magnitude; 64 iterations from the log-mel spectrogram alone: .453,
/// .662): 32 for the phases alone .407, .647; 16 and 64 .368, .618; 8 and 128 .345, .612; 16 and 240 .337, .607 (with
/// one update of the magnitudes in each; GriffinLim.cpp says what more of them give).
constexpr audio::JointIterations vocoderIterations{.phases = 8, .both = 104};

/// The loudness of all sound that models are trained on, and of finished clips.
constexpr double modelLoudness = -16.0;

/// A log-mel spectrogram [bands, frames] as sound at the vocoder's soundRate(): frames × samples per frame. Where the
/// vocoder makes a spectrum, `soundObserver` hears of the iterations that make sound of it.
std::vector<float> vocode(const Stage& vocoder, const torch::Tensor& spectrogram, const model::SamplingConfig& settings,
                          std::uint64_t seed, int threads, const diffusion::Sampler::StepObserver& observer,
                          const audio::GriffinLimObserver& soundObserver);

/// The same by Griffin-Lim, at the rate of the log-mel analysis.
std::vector<float> invertSpectrogram(const torch::Tensor& spectrogram, int iterations, std::uint64_t seed, int threads,
                                     const audio::GriffinLimObserver& soundObserver);

/// Sound at a low rate as sound at the stage's: brought to the stage's lower rate and to the loudness that it knows,
/// up-sampled in the Fourier domain, stacked, denoised, and brought back to the loudness it came with. `text` is the
/// input's text and negative text, if the stage takes any.
audio::Clip raiseRate(const Stage& stage, audio::Clip low, StageInput text, const model::SamplingConfig& settings,
                      std::uint64_t seed, const diffusion::Sampler::StepObserver& observer);

/// The finished clip: exactly `seconds` long (rounded to a sample), without offset, without clicks at its ends, at −16
/// LUFS or as close to it as a true peak of −1 dBTP allows.
audio::Clip master(audio::Clip clip, double seconds);

} // namespace n2m::cascade
