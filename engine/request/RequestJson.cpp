#include "engine/request/RequestJson.h"

#include "engine/base/Error.h"
#include "engine/plan/PlanJson.h"

#include <nlohmann/json.hpp>

namespace n2m {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t mostStages = 16; // far more than any cascade has; bounds the work for a damaged text

[[noreturn]] void fail(const std::string& field, const base::Message& expected) {
    throw base::InvalidInput("request: {}: {} was expected", field, expected);
}

const Json* find(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

template <typename Value> bool read(const Json& object, const char* name, Value& value) {
    const Json* field = find(object, name);
    if (!field) return false;
    if constexpr (std::is_same_v<Value, bool>) {
        if (!field->is_boolean()) fail(name, base::Message("true or false"));
    } else if constexpr (std::is_same_v<Value, std::string>) {
        if (!field->is_string()) fail(name, base::Message("a text"));
    } else if constexpr (std::is_same_v<Value, std::uint64_t>) {
        if (!field->is_number_unsigned()) fail(name, base::Message("a whole number from 0"));
    } else if constexpr (std::is_same_v<Value, int>) {
        if (!field->is_number_integer() || field->get<double>() < -1e9 || field->get<double>() > 1e9)
            fail(name, base::Message("a whole number"));
    } else {
        if (!field->is_number()) fail(name, base::Message("a number"));
    }
    value = field->get<Value>();
    return true;
}

template <typename Value> void read(const Json& object, const char* name, std::optional<Value>& value) {
    Value found{};
    if (read(object, name, found)) value = std::move(found);
}

template <typename Value> void write(OrderedJson& object, const char* name, const std::optional<Value>& value) {
    if (value) object[name] = *value;
}

StageSettings stageFrom(const Json& object) {
    if (!object.is_object()) fail("stages", base::Message("a list of objects"));
    StageSettings stage;
    read(object, "steps", stage.steps);
    read(object, "sampler", stage.sampler);
    read(object, "schedule", stage.schedule);
    read(object, "gamma", stage.gamma);
    read(object, "guidance", stage.guidance);
    read(object, "planGuidance", stage.planGuidance);
    read(object, "temperature", stage.temperature);
    return stage;
}

OrderedJson stageJson(const StageSettings& stage) {
    OrderedJson object = OrderedJson::object();
    write(object, "steps", stage.steps);
    write(object, "sampler", stage.sampler);
    write(object, "schedule", stage.schedule);
    write(object, "gamma", stage.gamma);
    write(object, "guidance", stage.guidance);
    write(object, "planGuidance", stage.planGuidance);
    write(object, "temperature", stage.temperature);
    return object;
}

Json parsed(std::string_view text, const char* name) {
    Json object = Json::parse(text, nullptr, false);
    if (!object.is_object()) throw base::InvalidInput("{}: this is not a JSON object", name);
    return object;
}

/// Reads the fields that requests and recipes have in common.
Request commonFrom(const Json& object) {
    Request request;
    read(object, "prompt", request.prompt);
    read(object, "negativePrompt", request.negativePrompt);
    read(object, "seed", request.seed);
    read(object, "seconds", request.seconds);
    read(object, "route", request.route);
    read(object, "vocoder", request.vocoder);
    read(object, "superResolution", request.superResolution);
    read(object, "composer", request.composer);
    if (const Json* repaint = find(object, "repaint")) {
        if (!repaint->is_object()) fail("repaint", base::Message("an object"));
        request.repaint.emplace();
        read(*repaint, "file", request.repaint->file);
        read(*repaint, "from", request.repaint->from);
        read(*repaint, "to", request.repaint->to);
    }
    if (const Json* stages = find(object, "stages")) {
        if (!stages->is_array() || stages->size() > mostStages) fail("stages", base::Message("a short list"));
        for (const Json& stage : *stages)
            request.stages.push_back(stageFrom(stage));
    }
    return request;
}

void readWishes(const Json& object, Request& request) {
    read(object, "bpm", request.bpm);
    read(object, "key", request.key);
    read(object, "chords", request.chords);
}

} // namespace

std::string toJson(const Request& request) {
    OrderedJson object{{"prompt", request.prompt},
                       {"negativePrompt", request.negativePrompt},
                       {"seed", request.seed},
                       {"seconds", request.seconds},
                       {"route", request.route}};
    if (!request.stages.empty()) {
        OrderedJson stages = OrderedJson::array();
        for (const StageSettings& stage : request.stages)
            stages.push_back(stageJson(stage));
        object["stages"] = std::move(stages);
    }
    write(object, "vocoder", request.vocoder);
    write(object, "superResolution", request.superResolution);
    write(object, "composer", request.composer);
    object["plan"] = request.plan;
    write(object, "bpm", request.bpm);
    write(object, "key", request.key);
    write(object, "chords", request.chords);
    if (request.givenPlan) object["givenPlan"] = OrderedJson::parse(plan::toJson(*request.givenPlan).dump());
    if (request.adaptGiven) object["adaptGiven"] = true;
    if (!request.keep.empty()) object["keep"] = request.keep;
    if (const auto& repaint = request.repaint)
        object["repaint"] = {{"file", repaint->file}, {"from", repaint->from}, {"to", repaint->to}};
    if (request.spectrogramOnly) object["spectrogramOnly"] = true;
    return object.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

Request requestFromJson(std::string_view text) {
    const Json object = parsed(text, "request");
    Request request = commonFrom(object);
    read(object, "plan", request.plan);
    readWishes(object, request);
    if (const Json* given = find(object, "givenPlan")) request.givenPlan = plan::planFromJson(*given);
    read(object, "adaptGiven", request.adaptGiven);
    if (const Json* keep = find(object, "keep")) {
        if (!keep->is_array() || keep->size() > mostStages) fail("keep", base::Message("a short list"));
        for (const Json& role : *keep)
            request.keep.push_back(role.is_string() ? role.get<std::string>() : std::string());
    }
    read(object, "spectrogramOnly", request.spectrogramOnly);
    return request;
}

Request requestOfRecipe(std::string_view recipe, RecipePlan plan) {
    const Json object = parsed(recipe, "recipe");
    std::string format;
    if (!read(object, "format", format) || !format.starts_with("noise2music recipe "))
        throw base::InvalidInput("recipe: this is not a recipe of Noise2Music");
    Request request = commonFrom(object);
    const Json* played = find(object, "plan");
    request.plan = played != nullptr;
    if (played && plan == RecipePlan::AsPlayed) {
        request.givenPlan = plan::planFromJson(*played);
    } else if (const Json* wishes = find(object, "wishes"); wishes && wishes->is_object() && played) {
        readWishes(*wishes, request);
    }
    return request;
}

} // namespace n2m
