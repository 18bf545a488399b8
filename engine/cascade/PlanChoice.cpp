#include "engine/cascade/PlanChoice.h"

#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"

#include <algorithm>

namespace n2m::cascade {

namespace {

plan::PlanWishes wishesOf(const Request& request) {
    plan::PlanWishes wishes = plan::wishesIn(request.prompt);
    if (request.bpm) wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) {
        wishes.chords = plan::parseProgression(*request.chords);
        // Chords that were given count for more than a metre that the prompt mentions.
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

} // namespace

std::optional<plan::Plan> choosePlan(const Request& request, const text::Embedded& text, plan::Planner* planner,
                                     double seconds, std::uint64_t seed) {
    if (!request.plan) return std::nullopt;
    if (request.givenPlan) return request.givenPlan;
    const plan::PlanWishes wishes = wishesOf(request);
    if (!planner) {
        if (wishes == plan::PlanWishes{}) return std::nullopt;
        return plainPlan(wishes, seconds);
    }
    const torch::NoGradGuard noGradients;
    return planner->draw(text.embeddings.mean(1).to(torch::kCPU), wishes, seconds, seed); // embed() pads nothing
}

} // namespace n2m::cascade
