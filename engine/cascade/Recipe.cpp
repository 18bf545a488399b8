#include "engine/cascade/Recipe.h"

#include "engine/plan/PlanJson.h"
#include "engine/prompt/HeardAs.h"

#include <nlohmann/json.hpp>

namespace n2m::cascade {

std::string recipeOf(const Request& request, const Route& route, const std::optional<plan::Plan>& plan,
                     Cascade& cascade, int threads) {
    using Json = nlohmann::ordered_json;
    Json recipe{{"format", "noise2music recipe 1"},
                {"prompt", request.prompt},
                {"negativePrompt", request.negativePrompt},
                {"seed", request.seed},
                {"seconds", request.seconds},
                {"route", request.route}};
    for (const SoundStepPointer& step : route.steps()) {
        if (const auto choice = step->recipeChoice()) recipe[choice->field] = choice->value;
    }
    if (const auto& repaint = request.repaint)
        recipe["repaint"] = {{"file", repaint->file}, {"from", repaint->from}, {"to", repaint->to}};
    if (request.spectrogramOnly) recipe["spectrogramOnly"] = true;
    Json& stages = recipe["stages"] = Json::array({route.generator().recipe()});
    if (!request.spectrogramOnly) {
        for (const SoundStepPointer& step : route.steps())
            stages.push_back(step->recipe());
    }
    if (const prompt::Lexicon* lexicon = cascade.lexicon(); lexicon && request.plan)
        recipe["heard"] =
            prompt::toJson(prompt::understand(*lexicon, request.prompt, request.negativePrompt), request.prompt);
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
