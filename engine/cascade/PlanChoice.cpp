#include "engine/cascade/PlanChoice.h"

#include "engine/cascade/ScoreWishes.h"
#include "engine/composer/Adaptation.h"
#include "engine/composer/Arranger.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanEdits.h"
#include "engine/prompt/PlanDraw.h"
#include "engine/prompt/StyleDraw.h"

#include <torch/utils.h>

#include <algorithm>
#include <array>

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

bool keeps(const Request& request, plan::Part::Role role) {
    constexpr std::array<const char*, 4> names{"lead", "accompaniment", "bass", "drums"}; // in the order of the roles
    const char* name = names[static_cast<std::size_t>(role)];
    return std::find(request.keep.begin(), request.keep.end(), name) != request.keep.end();
}

// The plan with a score by the model. The style counts as far as the prompt itself decides it.
plan::Plan modelled(const Request& request, const text::EmbeddedText& text, const PlanSources& sources,
                    const prompt::Understanding& heard, std::optional<plan::Plan> plan, double seconds,
                    std::uint64_t seed) {
    const composer::Vocabulary& vocabulary = *sources.vocabulary;
    composer::Style style;
    if (plan) {
        style = prompt::drawStyle(vocabulary, heard, request.prompt, seed, plan->beatsPerBar, {});
    } else {
        prompt::Draft draft = prompt::drawPlan(vocabulary, heard, request.prompt, typedWishes(request), seconds, seed);
        plan = plan::buildPlan(draft.plan, seconds);
        style = std::move(draft.style);
    }
    ScoreWishes wishes = scoreWishes(vocabulary, heard, style);
    for (int index = 0; index < plan::scoreSlotCount; ++index) {
        const auto slot = static_cast<plan::ScoreSlot>(index);
        const auto at = static_cast<std::size_t>(index);
        wishes.keep[at] = wishes.keep[at] || (keeps(request, plan::roleOf(slot)) && plan::partOf(*plan, slot));
    }
    if (request.repaint && !plan->parts.empty()) {
        wishes.from = request.repaint->from;
        wishes.to = request.repaint->to;
    }
    return sources.writer->write(std::move(*plan), &text, nullptr, wishes, sources.writer->config().sampling,
                                 prompt::seedFor(seed, "score", request.prompt));
}

} // namespace

std::optional<plan::Plan> choosePlan(const Request& request, const text::EmbeddedText& text, const PlanSources& sources,
                                     double seconds, std::uint64_t seed, const std::optional<plan::Plan>& played) {
    if (!request.plan) return std::nullopt;
    std::optional<plan::Plan> plan = knownPlan(request, seconds, played);
    if (!sources.vocabulary || !sources.lexicon)
        return plan ? plan : withoutScore(request, text, sources.planner, seconds, seed);
    const bool scored = plan && !plan->parts.empty() && !request.repaint;
    if (scored && !request.adaptGiven && request.keep.empty()) return plan;

    const composer::Vocabulary& vocabulary = *sources.vocabulary;
    const prompt::Understanding heard = prompt::understand(*sources.lexicon, request.prompt, request.negativePrompt);
    if (sources.writer && !(scored && request.keep.empty()))
        return modelled(request, text, sources, heard, std::move(plan), seconds, seed);
    if (!plan) return prompt::writePlan(vocabulary, heard, request.prompt, typedWishes(request), seconds, seed);
    const composer::Style style = prompt::drawStyle(vocabulary, heard, request.prompt, seed, plan->beatsPerBar, {});
    const std::uint64_t scoreSeed = prompt::seedFor(seed, "score", request.prompt);
    if (scored) return composer::adapted(vocabulary, std::move(*plan), style, !heard.instruments.empty(), scoreSeed);
    plan::Plan written = composer::arranged(vocabulary, *plan, style, scoreSeed);
    if (plan->parts.empty()) return written;
    return plan::withScoreOf(std::move(*plan), written, request.repaint->from, request.repaint->to);
}

} // namespace n2m::cascade
