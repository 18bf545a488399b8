#include "engine/audio/LogMel.h"
#include "engine/audio/LogSpectrum.h"
#include "engine/audio/Resample.h"
#include "engine/cascade/Estimates.h"
#include "engine/cascade/GriffinLimIterations.h"
#include "engine/cascade/SoundStep.h"
#include "engine/cascade/SoundTensors.h"
#include "engine/cascade/SpectrogramInversion.h"
#include "engine/cascade/StepRecipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace n2m::cascade {

using torch::Tensor;

namespace {

constexpr const char* soundPart = "sound-of-spectrum";
constexpr int soundIterations = vocoderIterations.phases + vocoderIterations.both;

class VocoderStep : public SoundStep {
public:
    VocoderStep(const Stage& stage, const model::SamplingConfig& sampling)
        : m_stage(stage)
        , m_sampling(sampling) {}

    std::vector<RunPart> parts(const StageInput&, double seconds) const override {
        std::vector<RunPart> parts{stagePart(m_stage, m_sampling, {}, seconds)};
        if (makesSpectrum()) parts.push_back(griffinLimPart(soundPart, soundIterations, seconds));
        return parts;
    }

    audio::Clip run(const Signal& input, const StepRun& run) const override {
        run.progress.begin();
        const Tensor made = denoise(input.spectrogram, run);
        audio::Clip clip;
        clip.sampleRate = m_stage.config().soundRate();
        clip.samples = makesSpectrum() ? soundOf(made, input.spectrogram, run) : toVector(made, made.numel());
        run.progress.result([&] { return resultOf(clip.samples, clip.sampleRate, run.seconds); });
        run.progress.finish();
        return clip;
    }

    std::optional<RecipeChoice> recipeChoice() const override { return RecipeChoice{"vocoder", "diffusion"}; }
    nlohmann::ordered_json recipe() const override { return stageRecipe(m_stage, m_sampling); }

private:
    bool makesSpectrum() const { return m_stage.config().spectrumRate > 0; }

    // The network's output, [channels, time], cut to the length of the spectrogram.
    Tensor denoise(const Tensor& spectrogram, const StepRun& run) const {
        const model::StageConfig& config = m_stage.config();
        const audio::MelConfig mel;
        StageInput input;
        input.spectrogram = spectrogram;
        if (config.griffinLim) {
            std::vector<float> estimate = invertSpectrogram(spectrogram, estimateIterations, run.seed, run.threads, {});
            if (config.sampleRate != mel.sampleRate)
                estimate = audio::resampleFourier(estimate, mel.sampleRate, config.sampleRate);
            input.sound = toTensor(estimate);
        }
        const auto length = static_cast<std::int64_t>(
            std::llround(static_cast<double>(spectrogram.size(1)) * config.sampleRate / mel.frameRate()));
        return m_stage.sample(input, length, m_sampling, run.seed, stageObserver(run, m_stage)).narrow(1, 0, length);
    }

    // The sound of a spectrum, which `made` has as the difference from the one that the spectrogram lets guess.
    std::vector<float> soundOf(const Tensor& made, const Tensor& spectrogram, const StepRun& run) const {
        const int rate = m_stage.config().spectrumRate;
        const audio::LogSpectrum analysis(audio::SpectrumConfig::at(rate));
        const audio::LogMel melAnalysis{audio::MelConfig()};
        const std::vector<float> logMel = toVector(spectrogram, spectrogram.numel());
        std::vector<float> spectrum = analysis.guess(logMel, melAnalysis);
        const std::vector<float> difference = toVector(made, made.numel());
        std::transform(spectrum.begin(), spectrum.end(), difference.begin(), spectrum.begin(), std::plus<>());
        const std::vector<float> magnitudes = analysis.withMelBands(analysis.magnitudes(spectrum), logMel, melAnalysis);
        const auto observer = [&run, iterations = iterationObserver(run, rate)](int done,
                                                                                std::span<const float> sound) {
            if (done > 0) return iterations(done, sound);
            run.progress.finish(); // the network's part
            run.progress.begin();
        };
        return audio::jointGriffinLim(magnitudes, analysis.stft(), logMel, melAnalysis, vocoderIterations, run.seed,
                                      run.threads, observer);
    }

    const Stage& m_stage;
    model::SamplingConfig m_sampling;
};

} // namespace

SoundStepPointer vocoderStep(const Stage& stage, const model::SamplingConfig& sampling) {
    return std::make_unique<VocoderStep>(stage, sampling);
}

} // namespace n2m::cascade
