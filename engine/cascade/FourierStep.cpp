#include "engine/audio/Resample.h"
#include "engine/cascade/SoundStep.h"

#include <nlohmann/json.hpp>

namespace n2m::cascade {

namespace {

constexpr const char* partName = "fourier";

class FourierStep : public SoundStep {
public:
    explicit FourierStep(int sampleRate)
        : m_sampleRate(sampleRate) {}

    std::vector<RunPart> parts(const StageInput&, double) const override { return {{partName, 0, 0.0}}; }

    audio::Clip run(const Signal& input, const StepRun& run) const override {
        run.progress.begin();
        audio::Clip clip = audio::resample(input.sound, m_sampleRate);
        run.progress.finish();
        return clip;
    }

    std::optional<RecipeChoice> recipeChoice() const override { return RecipeChoice{"superResolution", "fourier"}; }
    nlohmann::ordered_json recipe() const override { return {{"stage", partName}}; }

private:
    int m_sampleRate;
};

} // namespace

SoundStepPointer fourierStep(int sampleRate) {
    return std::make_unique<FourierStep>(sampleRate);
}

} // namespace n2m::cascade
