#include "engine/cascade/PlanChoice.h"

#include "engine/composer/Arranger.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanEdits.h"

#include <torch/utils.h>

#include <algorithm>
#include <map>
#include <set>

namespace n2m::cascade {

namespace {

plan::PlanWishes wishesOf(const Request& request) {
    plan::PlanWishes wishes = plan::wishesIn(request.prompt);
    if (request.bpm) wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) {
        wishes.chords = plan::parseProgression(*request.chords);
        // Given chords take precedence over a metre that the prompt mentions.
        const auto full = [&](const plan::Bar& bar) {
            return static_cast<int>(bar.size()) > wishes.beatsPerBar.value_or(99);
        };
        if (std::any_of(wishes.chords.begin(), wishes.chords.end(), full)) wishes.beatsPerBar.reset();
    }
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

std::optional<plan::Plan> skeletonFor(const Request& request, const torch::Tensor& pooled, Planner* planner,
                                      double seconds, std::uint64_t seed, const std::optional<plan::Plan>& played) {
    const bool wished = request.bpm || request.key || request.chords;
    const std::optional<plan::Plan>& known = request.givenPlan || wished ? request.givenPlan : played;
    if (known) return request.repaint ? plan::continued(*known, seconds) : known;
    const plan::PlanWishes wishes = wishesOf(request);
    if (!planner) {
        if (wishes == plan::PlanWishes{}) return std::nullopt;
        return plainPlan(wishes, seconds);
    }
    return planner->draw(pooled, wishes, seconds, seed);
}

composer::Style styleFor(const Request& request, const torch::Tensor& pooled, Planner* planner,
                         const composer::Vocabulary& vocabulary, std::uint64_t seed) {
    const std::map<std::string, bool> named = vocabulary.instrumentsNamedIn(request.prompt);
    std::set<std::string> all, leading;
    for (const auto& [instrument, leads] : named) {
        all.insert(instrument);
        if (leads) leading.insert(instrument);
    }
    composer::Style style;
    if (planner) style = planner->style(pooled, leading.empty() ? all : leading, seed);
    style.instruments.insert(style.instruments.end(), all.begin(), all.end());
    return style;
}

} // namespace

std::optional<plan::Plan> choosePlan(const Request& request, const text::EmbeddedText& text, Planner* planner,
                                     const composer::Vocabulary* vocabulary, double seconds, std::uint64_t seed,
                                     const std::optional<plan::Plan>& played) {
    if (!request.plan) return std::nullopt;
    const torch::NoGradGuard noGradients;
    // embed() does not pad, so the mean over all positions is the mean over the tokens.
    const torch::Tensor pooled = planner ? text.embeddings.mean(1).to(torch::kCPU) : torch::Tensor();
    std::optional<plan::Plan> plan = skeletonFor(request, pooled, planner, seconds, seed, played);
    if (!plan || !vocabulary || (!plan->parts.empty() && !request.repaint)) return plan;
    plan::Plan scored =
        composer::arranged(*vocabulary, *plan, styleFor(request, pooled, planner, *vocabulary, seed), seed);
    if (plan->parts.empty()) return scored;
    return plan::withScoreOf(std::move(*plan), scored, request.repaint->from, request.repaint->to);
}

} // namespace n2m::cascade
