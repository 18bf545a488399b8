#pragma once

#include "engine/audio/Clip.h"
#include "engine/cascade/PromptInput.h"
#include "engine/cascade/StepProgress.h"

#include <torch/types.h>

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m::cascade {

/// The data that passes from step to step: first a spectrogram or sound at a low rate, then sound.
struct Signal {
    torch::Tensor spectrogram; ///< [bands, frames], log-mel in [-1, 1]; undefined on the waveform route
    audio::Clip sound;         ///< mono; empty while there is only a spectrogram
};

/// The field of a recipe that selects a step, and its value: "vocoder", "griffin-lim".
struct RecipeChoice {
    const char* field;
    const char* value;
};

/// A step of a route behind its generator, ready to run for one request. Each way to make sound implements it once.
/// Borrows its stage from a cascade. One thread.
class SoundStep {
public:
    SoundStep() = default;
    virtual ~SoundStep() = default;
    SoundStep(const SoundStep&) = delete;
    SoundStep& operator=(const SoundStep&) = delete;

    /// Its parts of the run's progress, at least one, in the order in which run() begins and finishes them. `input` is
    /// the generator's.
    virtual std::vector<RunPart> parts(const StageInput& input, double seconds) const = 0;

    /// Sound from what the step before has made. The same arguments give the same result on the same machine and number
    /// of threads. Throws as Stage::sample does, and what the monitor throws.
    virtual audio::Clip run(const Signal& input, const StepRun& run) const = 0;

    virtual std::optional<RecipeChoice> recipeChoice() const = 0;
    /// Its entry in the recipe's "stages".
    virtual nlohmann::ordered_json recipe() const = 0;
};

using SoundStepPointer = std::unique_ptr<const SoundStep>;

/// A spectrogram as sound at the vocoder's soundRate(). Where the vocoder makes a spectrum, Griffin-Lim finds its
/// phases, as a part of its own.
SoundStepPointer vocoderStep(const Stage& stage, const model::SamplingConfig& sampling);

/// A spectrogram as sound at the rate of the log-mel analysis, without a network.
SoundStepPointer griffinLimStep(int iterations);

/// Sound at the waveform generator's rate as sound at the cascader's, told the prompt.
SoundStepPointer waveformCascaderStep(const Stage& stage, const model::SamplingConfig& sampling, PromptEncoder prompt);

/// Sound at a low rate as sound at the full rate.
SoundStepPointer superResolutionStep(const Stage& stage, const model::SamplingConfig& sampling);

/// The same by resampling, without a network.
SoundStepPointer fourierStep(int sampleRate);

/// Runs a step by itself, with a progress of its own. `seed` is the step's.
audio::Clip runAlone(const SoundStep& step, const Signal& input, std::uint64_t seed, double seconds, int threads,
                     Monitor& monitor);

} // namespace n2m::cascade
