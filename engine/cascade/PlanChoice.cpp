#include "engine/cascade/PlanChoice.h"

#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"

namespace n2m::cascade {

namespace {

plan::PlanWishes wishesOf(const Request& request) {
    plan::PlanWishes wishes;
    wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) wishes.chords = plan::parseProgression(*request.chords);
    return wishes;
}

plan::Plan plainPlan(const plan::PlanWishes& wishes, double seconds) {
    plan::PlanSketch sketch;
    if (wishes.bpm) sketch.bpm = *wishes.bpm;
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
        if (!wishes.bpm && !wishes.key && wishes.chords.empty()) return std::nullopt;
        return plainPlan(wishes, seconds);
    }
    const torch::NoGradGuard noGradients;
    return planner->draw(text.embeddings.mean(1).to(torch::kCPU), wishes, seconds, seed); // embed() pads nothing
}

} // namespace n2m::cascade
