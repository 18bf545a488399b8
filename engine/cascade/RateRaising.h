#pragma once

#include "engine/audio/Clip.h"
#include "engine/cascade/Stage.h"
#include "engine/cascade/StepProgress.h"

namespace n2m::cascade {

/// Mono sound at a low rate as sound at the stage's rate: resampled to the stage's lower rate, brought to
/// audio::modelLoudness, up-sampled in the Fourier domain, stacked, denoised, and brought back to its own loudness.
/// `text` has the texts, if the stage takes any. Throws as Stage::sample does.
audio::Clip raiseRate(const Stage& stage, audio::Clip low, StageInput text, const model::SamplingConfig& sampling,
                      const StepRun& run);

} // namespace n2m::cascade
