#pragma once

#include "engine/audio/GriffinLim.h"
#include "engine/cascade/RunProgress.h"
#include "engine/cascade/Stage.h"
#include "engine/diffusion/Sampler.h"

#include <cstdint>

/// The parts that steps have in the progress of a run, and the observers that report them.
namespace n2m::cascade {

/// The run that a step belongs to. Borrowed for a call.
struct StepRun {
    std::uint64_t seed = 0; ///< of this step alone
    double seconds = 0.0;   ///< of the clip
    int threads = 1;
    RunProgress& progress;
};

RunPart stagePart(const Stage& stage, const model::SamplingConfig& sampling, const StageInput& input, double seconds);
RunPart griffinLimPart(const char* name, int iterations, double seconds);

/// Reports a stage's steps and its estimates. Borrows both arguments.
diffusion::Sampler::StepObserver stageObserver(const StepRun& run, const Stage& stage);

/// Reports the iterations of a Griffin-Lim and its sound so far. Borrows `run.progress`.
audio::GriffinLimObserver iterationObserver(const StepRun& run, int sampleRate);

} // namespace n2m::cascade
