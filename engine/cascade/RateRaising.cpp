#include "engine/cascade/RateRaising.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/cascade/SoundTensors.h"

#include <cmath>

namespace n2m::cascade {

audio::Clip raiseRate(const Stage& stage, audio::Clip low, StageInput text, const model::SamplingConfig& sampling,
                      const StepRun& run) {
    const model::StageConfig& config = stage.config();
    if (low.sampleRate != config.lowRate) low = audio::resample(low, config.lowRate);
    const double gain = audio::normaliseLoudness(low, audio::modelLoudness, audio::anyPeak);
    text.sound = toTensor(audio::resampleFourier(low.samples, low.sampleRate, config.sampleRate));
    const std::int64_t length = text.sound.size(1);
    const torch::Tensor made = stage.sample(text, length, sampling, run.seed, stageObserver(run, stage));
    audio::Clip high;
    high.sampleRate = config.sampleRate;
    high.samples = toVector(made * std::pow(10.0, -gain / 20.0), length);
    return high;
}

} // namespace n2m::cascade
