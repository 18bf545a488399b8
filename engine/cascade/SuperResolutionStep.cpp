#include "engine/cascade/RateRaising.h"
#include "engine/cascade/SoundStep.h"
#include "engine/cascade/StepRecipe.h"

#include <nlohmann/json.hpp>

namespace n2m::cascade {

namespace {

class SuperResolutionStep : public SoundStep {
public:
    SuperResolutionStep(const Stage& stage, const model::SamplingConfig& sampling)
        : m_stage(stage)
        , m_sampling(sampling) {}

    std::vector<RunPart> parts(const StageInput&, double seconds) const override {
        return {stagePart(m_stage, m_sampling, {}, seconds)};
    }

    audio::Clip run(const Signal& input, const StepRun& run) const override {
        run.progress.begin();
        audio::Clip clip = raiseRate(m_stage, input.sound, {}, m_sampling, run);
        run.progress.finish(); // no result: the finished clip follows at once
        return clip;
    }

    std::optional<RecipeChoice> recipeChoice() const override { return RecipeChoice{"superResolution", "diffusion"}; }
    nlohmann::ordered_json recipe() const override { return stageRecipe(m_stage, m_sampling); }

private:
    const Stage& m_stage;
    model::SamplingConfig m_sampling;
};

} // namespace

SoundStepPointer superResolutionStep(const Stage& stage, const model::SamplingConfig& sampling) {
    return std::make_unique<SuperResolutionStep>(stage, sampling);
}

} // namespace n2m::cascade
