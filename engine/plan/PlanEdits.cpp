#include "engine/plan/PlanEdits.h"

#include <algorithm>
#include <vector>

namespace n2m::plan {
namespace {

constexpr double sameTime = 1e-6; // seconds

std::vector<double> downbeatsOf(const Plan& plan) {
    std::vector<double> times;
    for (const Beat& beat : plan.beats)
        if (beat.downbeat) times.push_back(beat.time);
    return times;
}

/// Where the music begins that comes back: the first bar after an intro.
double returnOf(const Plan& plan, const std::vector<double>& downbeats) {
    for (const Section& section : plan.sections) {
        if (section.name == "intro") continue;
        const auto bar = std::lower_bound(downbeats.begin(), downbeats.end(), section.start - sameTime);
        // A whole bar has to be left between it and the end.
        if (bar != downbeats.end() && bar + 1 < downbeats.end()) return *bar;
        break;
    }
    return downbeats.front();
}

template <typename Span> void prolong(std::vector<Span>& spans, double from, double to) {
    if (!spans.empty() && spans.back().end >= from - sameTime) spans.back().end = to;
}

/// The spans between `from` and `to`, `by` later, up to `end`.
template <typename Span>
void repeat(std::vector<Span>& spans, std::size_t count, double from, double to, double by, double end) {
    for (std::size_t index = 0; index < count; ++index) {
        Span span = spans[index];
        span.start = std::max(span.start, from) + by;
        span.end = std::min(std::min(span.end, to) + by, end);
        if (span.end - span.start > sameTime) spans.push_back(std::move(span));
    }
}

} // namespace

Plan continued(Plan plan, double seconds) {
    const double before = plan.seconds;
    const std::vector<double> downbeats = downbeatsOf(plan);
    plan.seconds = seconds;
    if (seconds <= before || downbeats.size() < 2) return plan;

    const double bar = downbeats.back() - downbeats[downbeats.size() - 2];
    const double next = downbeats.back() + bar; // the first downbeat that is not there yet
    const double start = returnOf(plan, downbeats);
    const double beat = bar / std::max(1, plan.beatsPerBar);
    for (double time = plan.beats.back().time + beat; time < std::min(next, seconds) - sameTime; time += beat)
        plan.beats.push_back({time, false});
    prolong(plan.chords, before, std::min(next, seconds));
    prolong(plan.sections, before, std::min(next, seconds));

    const std::size_t beats = plan.beats.size(), chords = plan.chords.size(), sections = plan.sections.size();
    for (double by = next - start; start + by < seconds - sameTime; by += next - start) {
        for (std::size_t index = 0; index < beats; ++index) {
            const Beat again{plan.beats[index].time + by, plan.beats[index].downbeat};
            if (plan.beats[index].time >= start - sameTime && again.time < seconds - sameTime)
                plan.beats.push_back(again);
        }
        repeat(plan.chords, chords, start, next, by, seconds);
        repeat(plan.sections, sections, start, next, by, seconds);
    }
    return plan;
}

Plan withScoreOf(Plan plan, const Plan& other, double from, double to) {
    for (Part& part : plan.parts)
        std::erase_if(part.notes, [&](const Note& note) { return note.start >= from && note.start < to; });
    for (const Part& addition : other.parts) {
        const auto same = [&](const Part& part) {
            return part.role == addition.role && part.program == addition.program;
        };
        auto part = std::find_if(plan.parts.begin(), plan.parts.end(), same);
        if (part == plan.parts.end()) {
            plan.parts.push_back({addition.role, addition.program, {}});
            part = std::prev(plan.parts.end());
        }
        for (Note note : addition.notes) {
            if (note.start < from || note.start >= to) continue;
            note.end = std::min(note.end, to);
            part->notes.push_back(note);
        }
        std::stable_sort(part->notes.begin(), part->notes.end(),
                         [](const Note& a, const Note& b) { return a.start < b.start; });
    }
    std::erase_if(plan.parts, [](const Part& part) { return part.notes.empty(); });
    return plan;
}

} // namespace n2m::plan
