#include "engine/cascade/Generator.h"

#include "engine/cascade/Estimates.h"
#include "engine/cascade/SoundTensors.h"
#include "engine/cascade/StepRecipe.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace n2m::cascade {

Generator::Generator(const Stage& stage, const model::SamplingConfig& sampling)
    : m_stage(stage)
    , m_sampling(sampling) {}

RunPart Generator::part(const StageInput& input, double seconds) const {
    return stagePart(m_stage, m_sampling, input, seconds);
}

Signal Generator::run(const StageInput& input, const StepRun& run) const {
    run.progress.begin();
    const auto length = static_cast<std::int64_t>(std::ceil(run.seconds * config().sampleRate));
    const torch::Tensor made =
        m_stage.sample(input, length, m_sampling, run.seed, stageObserver(run, m_stage)).clamp(-1.0, 1.0);
    run.progress.result([&] { return resultOf(made, config(), run.seconds); });
    run.progress.finish();
    if (config().kind == model::StageKind::SpectrogramGenerator) return {made, {}};
    return {{}, {toVector(made, made.numel()), config().sampleRate, 1}};
}

nlohmann::ordered_json Generator::recipe() const {
    return stageRecipe(m_stage, m_sampling);
}

} // namespace n2m::cascade
