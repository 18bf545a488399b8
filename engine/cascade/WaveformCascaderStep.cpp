#include "engine/cascade/Estimates.h"
#include "engine/cascade/RateRaising.h"
#include "engine/cascade/SoundStep.h"
#include "engine/cascade/StepRecipe.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace n2m::cascade {

namespace {

class WaveformCascaderStep : public SoundStep {
public:
    WaveformCascaderStep(const Stage& stage, const model::SamplingConfig& sampling, PromptEncoder prompt)
        : m_stage(stage)
        , m_sampling(sampling)
        , m_prompt(std::move(prompt)) {}

    std::vector<RunPart> parts(const StageInput& input, double seconds) const override {
        return {stagePart(m_stage, m_sampling, input, seconds)};
    }

    audio::Clip run(const Signal& input, const StepRun& run) const override {
        run.progress.begin();
        const PromptInput prompt = m_prompt.encode(std::max(1, m_stage.config().textTokens));
        audio::Clip clip = raiseRate(m_stage, input.sound, prompt.input(), m_sampling, run);
        run.progress.result([&] { return resultOf(clip.samples, clip.sampleRate, run.seconds); });
        run.progress.finish();
        return clip;
    }

    std::optional<RecipeChoice> recipeChoice() const override { return std::nullopt; } // the route implies it
    nlohmann::ordered_json recipe() const override { return stageRecipe(m_stage, m_sampling); }

private:
    const Stage& m_stage;
    model::SamplingConfig m_sampling;
    PromptEncoder m_prompt;
};

} // namespace

SoundStepPointer waveformCascaderStep(const Stage& stage, const model::SamplingConfig& sampling, PromptEncoder prompt) {
    return std::make_unique<WaveformCascaderStep>(stage, sampling, std::move(prompt));
}

} // namespace n2m::cascade
