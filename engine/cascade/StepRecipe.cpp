#include "engine/cascade/StepRecipe.h"

#include "engine/base/ShortestDecimal.h"

#include <nlohmann/json.hpp>

namespace n2m::cascade {

nlohmann::ordered_json stageRecipe(const Stage& stage, const model::SamplingConfig& sampling) {
    const model::StageConfig& config = stage.config();
    nlohmann::ordered_json json{{"stage", config.name},
                                {"sampler", toString(sampling.sampler)},
                                {"steps", sampling.steps},
                                {"schedule", sampling.schedule}};
    if (sampling.sampler == sampling::SamplerKind::Ancestral) json["gamma"] = base::shortestDecimal(sampling.gamma);
    if (config.textTokens > 0) json["guidance"] = base::shortestDecimal(sampling.guidance);
    if (config.plan) json["planGuidance"] = base::shortestDecimal(sampling.planGuidance);
    json["temperature"] = base::shortestDecimal(sampling.temperature);
    json["clipPercentile"] = base::shortestDecimal(sampling.clipPercentile);
    json["clipLimit"] = base::shortestDecimal(sampling.clipLimit);
    return json;
}

} // namespace n2m::cascade
