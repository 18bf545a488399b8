#include "engine/cascade/StepProgress.h"

#include "engine/cascade/Estimates.h"

#include <cmath>

namespace n2m::cascade {

namespace {

// The multiply-adds of a network that take as long as an iteration for 30 s, for estimates before either is measured.
constexpr double griffinLimCost = 0.2e9;

} // namespace

RunPart stagePart(const Stage& stage, const model::SamplingConfig& sampling, const StageInput& input, double seconds) {
    const auto length = static_cast<std::int64_t>(std::ceil(seconds * stage.config().sampleRate));
    return {stage.config().name, sampling.steps, stage.costPerStep(input, sampling, length)};
}

RunPart griffinLimPart(const char* name, int iterations, double seconds) {
    return {name, iterations, griffinLimCost * seconds / 30.0, false};
}

diffusion::Sampler::StepObserver stageObserver(const StepRun& run, const Stage& stage) {
    return [&progress = run.progress, &config = stage.config(), seconds = run.seconds](
               int done, const torch::Tensor& x0) { progress.step(done, estimateOf(x0, config, seconds)); };
}

audio::GriffinLimObserver iterationObserver(const StepRun& run, int sampleRate) {
    return [&progress = run.progress, sampleRate, seconds = run.seconds](int done, std::span<const float> sound) {
        progress.step(done, [&] { return resultOf(sound, sampleRate, seconds); });
    };
}

} // namespace n2m::cascade
