#include "engine/plan/PlanEdits.h"

#include <algorithm>
#include <cmath>
#include <optional>
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

/// The start of the music that is repeated: the first bar after an intro.
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

/// How a plan continues: at `next`, the first downbeat that it does not have, with its music from `start` on.
struct Loop {
    double start = 0.0, next = 0.0, bar = 0.0; // seconds
};

std::optional<Loop> loopOf(const Plan& plan) {
    const std::vector<double> downbeats = downbeatsOf(plan);
    if (downbeats.size() < 2) return std::nullopt;
    const double bar = downbeats.back() - downbeats[downbeats.size() - 2];
    return Loop{returnOf(plan, downbeats), downbeats.back() + bar, bar};
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

template <typename Span> void cut(std::vector<Span>& spans, double end) {
    std::erase_if(spans, [&](const Span& span) { return span.start >= end - sameTime; });
    for (Span& span : spans)
        span.end = std::min(span.end, end);
}

/// A score that ended at `before` goes on to `end`.
void continueNotes(std::vector<Note>& notes, bool drums, const Loop& loop, double before, double end) {
    const std::size_t count = notes.size();
    for (std::size_t index = 0; index < count; ++index) {
        Note& note = notes[index];
        if (!drums) {
            if (note.end >= before - sameTime) note.end = std::max(note.end, loop.next);
            continue;
        }
        Note again = note;
        again.start += loop.bar;
        again.end += loop.bar;
        if (again.start >= before - sameTime && again.start < loop.next - sameTime) notes.push_back(again);
    }
    const std::size_t whole = notes.size();
    const double period = loop.next - loop.start;
    for (double by = period; loop.start + by < end - sameTime; by += period) {
        for (std::size_t index = 0; index < whole; ++index) {
            Note again = notes[index];
            again.start += by;
            again.end += by;
            if (notes[index].start >= loop.start - sameTime) notes.push_back(again);
        }
    }
    std::stable_sort(notes.begin(), notes.end(), [](const Note& a, const Note& b) { return a.start < b.start; });
}

} // namespace

Plan continued(Plan plan, double seconds) {
    const double before = plan.seconds;
    const std::optional<Loop> loop = loopOf(plan);
    plan.seconds = seconds;
    if (seconds <= before || !loop) return plan;

    const auto [start, next, bar] = *loop;
    const double beat = bar / std::max(1, plan.beatsPerBar);
    for (double time = plan.beats.back().time + beat; time < std::min(next, seconds) - sameTime; time += beat)
        plan.beats.push_back({time, false});
    prolong(plan.chords, before, std::min(next, seconds));
    prolong(plan.sections, before, std::min(next, seconds));

    const std::size_t beats = plan.beats.size(), chords = plan.chords.size(), sections = plan.sections.size();
    for (double by = next - start; start + by < seconds - sameTime; by += next - start) {
        for (std::size_t index = 0; index < beats; ++index) {
            const Beat later{plan.beats[index].time + by, plan.beats[index].downbeat};
            if (plan.beats[index].time >= start - sameTime && later.time < seconds - sameTime)
                plan.beats.push_back(later);
        }
        repeat(plan.chords, chords, start, next, by, seconds);
        repeat(plan.sections, sections, start, next, by, seconds);
    }
    return plan;
}

Plan withLength(Plan plan, double seconds) {
    if (std::abs(seconds - plan.seconds) < sameTime) return plan;
    if (seconds > plan.seconds) {
        const double before = plan.seconds;
        const std::optional<Loop> loop = loopOf(plan);
        plan = continued(std::move(plan), seconds);
        if (loop)
            for (Part& part : plan.parts)
                continueNotes(part.notes, part.role == Part::Role::Drums, *loop, before, seconds);
    }
    plan.seconds = seconds;
    std::erase_if(plan.beats, [&](const Beat& beat) { return beat.time >= seconds - sameTime; });
    cut(plan.chords, seconds);
    cut(plan.sections, seconds);
    for (Part& part : plan.parts)
        cut(part.notes, seconds);
    std::erase_if(plan.parts, [](const Part& part) { return part.notes.empty(); });
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
