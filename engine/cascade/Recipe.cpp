#include "engine/cascade/Recipe.h"

#include "engine/base/ShortestDecimal.h"
#include "engine/plan/PlanJson.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string_view>

namespace n2m::cascade {

namespace {

using Json = nlohmann::ordered_json;

Json samplingJson(const Stage& stage, const model::SamplingConfig& sampling) {
    const model::StageConfig& config = stage.config();
    Json json{{"stage", config.name},
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

} // namespace

std::string recipeOf(const Request& request, const Route& route, const std::optional<plan::Plan>& plan,
                     Cascade& cascade, int threads) {
    Json stages = Json::array();
    stages.push_back(samplingJson(*route.generator, route.sampling[0]));
    if (!request.spectrogramOnly) {
        if (route.second) {
            stages.push_back(samplingJson(*route.second, route.sampling[1]));
        } else {
            stages.push_back({{"stage", "griffin-lim"}, {"steps", route.griffinLimIterations()}});
        }
        if (route.superResolution) {
            stages.push_back(samplingJson(*route.superResolution, route.sampling[2]));
        } else {
            stages.push_back({{"stage", "fourier"}});
        }
    }
    Json recipe{{"format", "noise2music recipe 1"},
                {"prompt", request.prompt},
                {"negativePrompt", request.negativePrompt},
                {"seed", request.seed},
                {"seconds", request.seconds},
                {"route", request.route}};
    if (route.isSpectrogram()) recipe["vocoder"] = route.second ? "diffusion" : "griffin-lim";
    recipe["superResolution"] = route.superResolution ? "diffusion" : "fourier";
    if (const auto& repaint = request.repaint)
        recipe["repaint"] = {{"file", repaint->file}, {"from", repaint->from}, {"to", repaint->to}};
    if (request.spectrogramOnly) recipe["spectrogramOnly"] = true;
    recipe["stages"] = std::move(stages);
    Json wishes = Json::object();
    if (request.bpm) wishes["bpm"] = *request.bpm;
    if (request.key) wishes["key"] = *request.key;
    if (request.chords) wishes["chords"] = *request.chords;
    recipe["wishes"] = std::move(wishes);
    recipe["plan"] = plan ? Json::parse(plan::toJson(*plan).dump()) : Json();
    recipe["bundle"] = {{"name", cascade.config().name}, {"hash", cascade.hash()}};
    recipe["version"] = N2M_VERSION;
    recipe["device"] = cascade.device().str();
    recipe["computeType"] = cascade.computeType() == torch::kBFloat16 ? "bfloat16"
                            : cascade.computeType() == torch::kHalf   ? "float16"
                                                                      : "float32";
    recipe["threads"] = threads;
    return recipe.dump(2);
}

} // namespace n2m::cascade
