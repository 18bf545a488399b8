#include "engine/request/Request.h"

#include "engine/base/Error.h"
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

namespace n2m {

namespace {

constexpr std::size_t mostStages = 3; // generator, cascader or vocoder, super-resolution
constexpr int mostSteps = 10000;
constexpr double mostGuidance = 50.0;
constexpr double slowestBpm = 30.0, fastestBpm = 300.0;

void requireText(const base::Message& what, const std::string& text) {
    if (text.size() > Request::maximumPromptBytes)
        throw base::InvalidInput("{} has {} bytes; at most {} are read", what, text.size(),
                                 Request::maximumPromptBytes);
    if (!base::isUtf8(text)) throw base::InvalidInput("{} is not valid UTF-8", what);
    if (text.find('\0') != std::string::npos) throw base::InvalidInput("{} contains a zero byte", what);
}

bool isBlank(const std::string& text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string::npos;
}

// The condition is written so that NaN fails.
void requireRange(const base::Message& what, double value, double least, double most) {
    if (!(value >= least && value <= most))
        throw base::InvalidInput("{} is {:g}; it may be {:g} to {:g}", what, value, least, most);
}

void requireOneOf(const base::Message& what, const std::string& value, std::initializer_list<const char*> allowed) {
    if (std::none_of(allowed.begin(), allowed.end(), [&](const char* name) { return value == name; }))
        throw base::InvalidInput("there is no {} \"{}\"; there are {}", what, value,
                                 fmt::format("{}", fmt::join(allowed, ", ")));
}

void requireStage(std::size_t index, const StageSettings& stage) {
    using base::Message;
    const std::size_t number = index + 1;
    if (stage.steps) requireRange(Message("the number of steps of stage {}", number), *stage.steps, 1, mostSteps);
    if (stage.gamma) requireRange(Message("the gamma of stage {}", number), *stage.gamma, 0.0, 1.0);
    if (stage.guidance) requireRange(Message("the guidance of stage {}", number), *stage.guidance, 0.0, mostGuidance);
    if (stage.planGuidance)
        requireRange(Message("the plan guidance of stage {}", number), *stage.planGuidance, 0.0, mostGuidance);
    if (stage.temperature) requireRange(Message("the temperature of stage {}", number), *stage.temperature, 0.0, 2.0);
    if (stage.sampler) sampling::samplerFromString(*stage.sampler);
    if (stage.schedule) sampling::StepSchedule{*stage.schedule}; // throws for an unknown name
}

void requirePlan(const Request& request) {
    const bool wishes = request.bpm || request.key || request.chords;
    if (!request.plan && (wishes || request.givenPlan))
        throw base::InvalidInput("a tempo, key, chords or plan were given, but also that there be no plan; leave out "
                                 "one of the two");
    if (request.givenPlan && wishes)
        throw base::InvalidInput("a whole plan was given; leave out tempo, key and chords, which it has");
    for (const std::string& role : request.keep)
        requireOneOf(base::Message("part"), role, {"lead", "accompaniment", "bass", "drums"});
    if (!request.keep.empty() && (!request.givenPlan || request.composer != "model"))
        throw base::InvalidInput("parts can only be kept of a given plan, and with the composer \"model\"");
    if (request.bpm) requireRange(base::Message("the tempo in beats per minute"), *request.bpm, slowestBpm, fastestBpm);
    if (request.key) plan::parseKey(*request.key);
    if (request.chords && plan::parseProgression(*request.chords).empty())
        throw base::InvalidInput("the list of chords is empty");
    if (request.givenPlan) plan::planFromJson(plan::toJson(*request.givenPlan)); // its reader checks everything
}

void requireRepaint(const Request& request) {
    if (!request.repaint) return;
    const Repaint& repaint = *request.repaint;
    if (repaint.file.empty()) throw base::InvalidInput("a repaint needs a sound file; name one");
    requireText(base::Message("the name of the sound file"), repaint.file);
    requireRange(base::Message("the start of the range in seconds"), repaint.from, 0.0,
                 request.seconds - Repaint::shortestRange);
    requireRange(base::Message("the end of the range in seconds"), repaint.to, repaint.from + Repaint::shortestRange,
                 request.seconds);
    if (request.route != "spectrogram") throw base::InvalidInput("only the spectrogram route can repaint a range");
}

} // namespace

void Request::validate() const {
    if (isBlank(prompt)) throw base::InvalidInput("the prompt is empty; say what the music should sound like");
    requireText(base::Message("the prompt"), prompt);
    requireText(base::Message("the negative prompt"), negativePrompt);
    requireRange(base::Message("the length in seconds"), seconds, minimumSeconds, maximumSeconds);
    requireOneOf(base::Message("route"), route, {"spectrogram", "waveform"});
    if (vocoder) requireOneOf(base::Message("vocoder"), *vocoder, {"diffusion", "griffin-lim"});
    if (composer) requireOneOf(base::Message("composer"), *composer, {"model", "rules"});
    if (superResolution) requireOneOf(base::Message("super-resolution"), *superResolution, {"diffusion", "fourier"});
    if (stages.size() > mostStages)
        throw base::InvalidInput("there are settings for {} stages; a cascade has {}", stages.size(), mostStages);
    for (std::size_t index = 0; index < stages.size(); ++index)
        requireStage(index, stages[index]);
    requirePlan(*this);
    requireRepaint(*this);
}

} // namespace n2m
