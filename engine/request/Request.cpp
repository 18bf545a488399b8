#include "engine/request/Request.h"

#include "engine/base/Utf8.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"
#include "engine/sampling/SamplerKind.h"
#include "engine/sampling/StepSchedule.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>

namespace n2m {

namespace {

constexpr std::size_t mostStages = 3; // generator, cascader or vocoder, super-resolution
constexpr int mostSteps = 10000;
constexpr double mostGuidance = 50.0;
constexpr double slowestBpm = 30.0, fastestBpm = 300.0;

[[noreturn]] void refuse(const std::string& reason) {
    throw std::invalid_argument(reason);
}

void requireText(const char* what, const std::string& text) {
    if (text.size() > Request::maximumPromptBytes) {
        refuse(fmt::format("{} has {} bytes; at most {} are read", what, text.size(), Request::maximumPromptBytes));
    }
    if (!base::isUtf8(text)) refuse(fmt::format("{} is not valid UTF-8", what));
    if (text.find('\0') != std::string::npos) refuse(fmt::format("{} contains a zero byte", what));
}

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

// Written so that NaN fails.
void requireRange(const std::string& what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
        refuse(fmt::format("{} is {:g}; it may be {:g} to {:g}", what, value, least, most));
    }
}

void requireOneOf(const std::string& what, const std::string& value, std::initializer_list<const char*> allowed) {
    if (std::none_of(allowed.begin(), allowed.end(), [&](const char* name) { return value == name; })) {
        refuse(fmt::format("there is no {} \"{}\"; there are {}", what, value, fmt::join(allowed, ", ")));
    }
}

void requireStage(std::size_t index, const StageSettings& stage) {
    const auto named = [&](const char* setting) { return fmt::format("the {} of stage {}", setting, index + 1); };
    if (stage.steps) requireRange(named("number of steps"), *stage.steps, 1, mostSteps);
    if (stage.gamma) requireRange(named("gamma"), *stage.gamma, 0.0, 1.0);
    if (stage.guidance) requireRange(named("guidance"), *stage.guidance, 0.0, mostGuidance);
    if (stage.planGuidance) requireRange(named("plan guidance"), *stage.planGuidance, 0.0, mostGuidance);
    if (stage.temperature) requireRange(named("temperature"), *stage.temperature, 0.0, 2.0);
    if (stage.sampler) sampling::samplerFromString(*stage.sampler);
    if (stage.schedule) sampling::StepSchedule{*stage.schedule}; // throws for an unknown name
}

void requirePlan(const Request& request) {
    const bool wishes = request.bpm || request.key || request.chords;
    if (!request.plan && (wishes || request.givenPlan)) {
        refuse("a tempo, key, chords or plan were given, but also that there be no plan; leave out one of the two");
    }
    if (request.givenPlan && wishes) refuse("a whole plan was given; leave out tempo, key and chords, which it has");
    if (request.bpm) requireRange("the tempo in beats per minute", *request.bpm, slowestBpm, fastestBpm);
    if (request.key) plan::parseKey(*request.key);
    if (request.chords && plan::parseProgression(*request.chords).empty()) refuse("the list of chords is empty");
    if (request.givenPlan) plan::planFromJson(plan::toJson(*request.givenPlan)); // its reader checks everything
}

void requireRepaint(const Request& request) {
    if (!request.repaint) return;
    const Repaint& repaint = *request.repaint;
    if (repaint.file.empty()) refuse("a range is to be made anew, but of no sound; name a sound file");
    requireText("the name of the sound file", repaint.file);
    requireRange("the start of the range in seconds", repaint.from, 0.0, request.seconds - Repaint::shortestRange);
    requireRange("the end of the range in seconds", repaint.to, repaint.from + Repaint::shortestRange, request.seconds);
    if (request.route != "spectrogram") refuse("a range can be made anew on the spectrogram route only");
}

} // namespace

void Request::validate() const {
    if (isBlank(prompt)) refuse("the prompt is empty; say what the music should sound like");
    requireText("the prompt", prompt);
    requireText("the negative prompt", negativePrompt);
    requireRange("the length in seconds", seconds, minimumSeconds, maximumSeconds);
    requireOneOf("route", route, {"spectrogram", "waveform"});
    if (vocoder) requireOneOf("vocoder", *vocoder, {"diffusion", "griffin-lim"});
    if (superResolution) requireOneOf("super-resolution", *superResolution, {"diffusion", "fourier"});
    if (stages.size() > mostStages) {
        refuse(fmt::format("there are settings for {} stages; a cascade has {}", stages.size(), mostStages));
    }
    for (std::size_t index = 0; index < stages.size(); ++index)
        requireStage(index, stages[index]);
    requirePlan(*this);
    requireRepaint(*this);
}

} // namespace n2m
