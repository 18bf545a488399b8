#include "engine/cascade/PlanChoice.h"

#include "engine/composer/Adaptation.h"
#include "engine/composer/Arranger.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanEdits.h"
#include "engine/prompt/StyleDraw.h"

#include <torch/utils.h>

#include <algorithm>

namespace n2m::cascade {

namespace {

plan::PlanWishes typedWishes(const Request& request) {
    plan::PlanWishes wishes;
    wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) wishes.chords = plan::parseProgression(*request.chords);
    return wishes;
}

// The typed wishes, and the figures of the prompt for the rest.
plan::PlanWishes figuresIn(const Request& request) {
    const plan::PlanWishes typed = typedWishes(request);
    plan::PlanWishes wishes = plan::wishesIn(request.prompt);
    if (typed.bpm) wishes.bpm = typed.bpm;
    if (typed.key) wishes.key = typed.key;
    wishes.chords = typed.chords;
    // Given chords take precedence over a metre that the prompt mentions.
    const auto full = [&](const plan::Bar& bar) {
        return static_cast<int>(bar.size()) > wishes.beatsPerBar.value_or(99);
    };
    if (std::any_of(wishes.chords.begin(), wishes.chords.end(), full)) wishes.beatsPerBar.reset();
    return wishes;
}

plan::Plan plainPlan(const plan::PlanWishes& wishes, double seconds) {
    plan::PlanSketch sketch;
    if (wishes.bpm) sketch.bpm = *wishes.bpm;
    if (wishes.beatsPerBar) sketch.beatsPerBar = *wishes.beatsPerBar;
    sketch.key = wishes.key.value_or(plan::keyOf(wishes.chords));
    if (!wishes.chords.empty()) sketch.progressions = {wishes.chords};
    return plan::buildPlan(sketch, seconds);
}

// The plan that is there already: the given one, or that of a sound that is repainted.
std::optional<plan::Plan> knownPlan(const Request& request, double seconds, const std::optional<plan::Plan>& played) {
    const bool wished = request.bpm || request.key || request.chords;
    const std::optional<plan::Plan>& known = request.givenPlan || wished ? request.givenPlan : played;
    return known && request.repaint ? plan::continued(*known, seconds) : known;
}

std::optional<plan::Plan> withoutScore(const Request& request, const text::EmbeddedText& text, Planner* planner,
                                       double seconds, std::uint64_t seed) {
    const plan::PlanWishes wishes = figuresIn(request);
    if (planner) {
        const torch::NoGradGuard noGradients;
        // embed() does not pad, so the mean over all positions is the mean over the tokens.
        return planner->draw(text.embeddings.mean(1).to(torch::kCPU), wishes, seconds,
                             prompt::seedFor(seed, "planner", request.prompt));
    }
    if (wishes == plan::PlanWishes{}) return std::nullopt;
    return plainPlan(wishes, seconds);
}

} // namespace

std::optional<plan::Plan> choosePlan(const Request& request, const text::EmbeddedText& text, const PlanSources& sources,
                                     double seconds, std::uint64_t seed, const std::optional<plan::Plan>& played) {
    if (!request.plan) return std::nullopt;
    std::optional<plan::Plan> plan = knownPlan(request, seconds, played);
    if (!sources.vocabulary || !sources.lexicon)
        return plan ? plan : withoutScore(request, text, sources.planner, seconds, seed);
    const bool scored = plan && !plan->parts.empty() && !request.repaint;
    if (scored && !request.adaptGiven) return plan;

    const composer::Vocabulary& vocabulary = *sources.vocabulary;
    const prompt::Understanding heard = prompt::understand(*sources.lexicon, request.prompt, request.negativePrompt);
    if (!plan) return prompt::writePlan(vocabulary, heard, request.prompt, typedWishes(request), seconds, seed);
    const composer::Style style = prompt::drawStyle(vocabulary, heard, request.prompt, seed, plan->beatsPerBar, {});
    const std::uint64_t scoreSeed = prompt::seedFor(seed, "score", request.prompt);
    if (scored) return composer::adapted(vocabulary, std::move(*plan), style, !heard.instruments.empty(), scoreSeed);
    plan::Plan written = composer::arranged(vocabulary, *plan, style, scoreSeed);
    if (plan->parts.empty()) return written;
    return plan::withScoreOf(std::move(*plan), written, request.repaint->from, request.repaint->to);
}

} // namespace n2m::cascade
