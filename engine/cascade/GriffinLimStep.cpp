#include "engine/audio/LogMel.h"
#include "engine/cascade/Estimates.h"
#include "engine/cascade/SoundStep.h"
#include "engine/cascade/SpectrogramInversion.h"

#include <nlohmann/json.hpp>

#include <span>

namespace n2m::cascade {

namespace {

constexpr const char* partName = "griffin-lim";

class GriffinLimStep : public SoundStep {
public:
    explicit GriffinLimStep(int iterations)
        : m_iterations(iterations) {}

    std::vector<RunPart> parts(const StageInput&, double seconds) const override {
        return {griffinLimPart(partName, m_iterations, seconds)};
    }

    audio::Clip run(const Signal& input, const StepRun& run) const override {
        run.progress.begin();
        audio::Clip clip;
        clip.sampleRate = audio::MelConfig().sampleRate;
        clip.samples = invertSpectrogram(input.spectrogram, m_iterations, run.seed, run.threads,
                                         iterationObserver(run, clip.sampleRate));
        run.progress.result([&] { return resultOf(clip.samples, clip.sampleRate, run.seconds); });
        run.progress.finish();
        return clip;
    }

    std::optional<RecipeChoice> recipeChoice() const override { return RecipeChoice{"vocoder", "griffin-lim"}; }
    nlohmann::ordered_json recipe() const override { return {{"stage", partName}, {"steps", m_iterations}}; }

private:
    int m_iterations;
};

} // namespace

std::vector<float> invertSpectrogram(const torch::Tensor& spectrogram, int iterations, std::uint64_t seed, int threads,
                                     const audio::GriffinLimObserver& observer) {
    const torch::Tensor values = spectrogram.contiguous();
    const std::span<const float> logMel(values.data_ptr<float>(), static_cast<std::size_t>(values.numel()));
    return audio::griffinLim(logMel, audio::MelConfig(), iterations, seed, threads, observer);
}

SoundStepPointer griffinLimStep(int iterations) {
    return std::make_unique<GriffinLimStep>(iterations);
}

} // namespace n2m::cascade
