#include "engine/plan/PlanBuilder.h"

#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace n2m::plan {

namespace {

constexpr double tiny = 1e-9; // seconds; a rounding error of a time

void check(bool good, base::Message message) {
    if (!good) throw base::InvalidInput(std::move(message));
}

void validate(const PlanSketch& sketch, double seconds, double pickup) {
    check(sketch.bpm >= 20.0 && sketch.bpm <= 400.0,
          base::Message("a tempo of {} bpm is not between 20 and 400", sketch.bpm));
    check(sketch.beatsPerBar >= 1 && sketch.beatsPerBar <= 16,
          base::Message("{} beats to a bar are not between 1 and 16", sketch.beatsPerBar));
    check(sketch.key.tonic >= 0 && sketch.key.tonic < 12, base::Message("the key's tonic is not between 0 and 11"));
    check(seconds > 0.0 && seconds <= 3600.0, base::Message("a plan of {} s is not between 0 and 3600 s", seconds));
    check(pickup >= 0.0 && pickup < seconds,
          base::Message("a pickup of {} s is not inside a plan of {} s", pickup, seconds));
    for (const Progression& progression : sketch.progressions) {
        check(!progression.empty(), base::Message("a progression has no bars"));
        for (const Bar& bar : progression) {
            check(!bar.empty() && bar.size() <= static_cast<std::size_t>(sketch.beatsPerBar),
                  base::Message("a bar of {} beats cannot hold {} chords", sketch.beatsPerBar, bar.size()));
        }
    }
    for (const SectionSketch& section : sketch.form) {
        check(section.bars >= 1 && section.bars <= 1000,
              base::Message("section \"{}\" has {} bars", section.name, section.bars));
        check(section.energy >= 0.0f && section.energy <= 1.0f,
              base::Message("section \"{}\": an energy of {:g} is not between 0 and 1", section.name, section.energy));
        check(section.progression >= 0 &&
                  (sketch.progressions.empty() || section.progression < static_cast<int>(sketch.progressions.size())),
              base::Message("section \"{}\" plays progression {}, of {}", section.name, section.progression,
                            sketch.progressions.size()));
    }
}

class Builder {
public:
    Builder(const PlanSketch& sketch, double seconds, double pickup)
        : m_sketch(sketch)
        , m_pickup(pickup) {
        m_plan.seconds = seconds;
        m_plan.bpm = sketch.bpm;
        m_plan.beatsPerBar = sketch.beatsPerBar;
        m_plan.key = sketch.key;
    }

    Plan build() {
        addBeats();
        if (m_sketch.form.empty()) {
            const int bars = static_cast<int>(m_plan.seconds / timeOfBeat(0, m_sketch.beatsPerBar)) + 2;
            if (!m_sketch.progressions.empty()) addChords(m_sketch.progressions.front(), 0, bars);
            return std::move(m_plan);
        }
        int bar = 0;
        for (std::size_t n = 0; timeOfBar(bar) < m_plan.seconds - tiny; n = (n + 1) % m_sketch.form.size()) {
            const SectionSketch& section = m_sketch.form[n];
            // The pickup belongs to the first section.
            m_plan.sections.push_back({bar == 0 ? 0.0 : timeOfBar(bar), clipped(timeOfBar(bar + section.bars)),
                                       section.name, section.energy});
            if (!m_sketch.progressions.empty()) {
                addChords(m_sketch.progressions[static_cast<std::size_t>(section.progression)], bar, section.bars);
            }
            bar += section.bars;
        }
        return std::move(m_plan);
    }

private:
    // From the beat's number and not by adding up, so that the grid does not drift.
    double timeOfBeat(double from, double beats) const { return from + beats * 60.0 / m_sketch.bpm; }
    double timeOfBar(int bar) const { return timeOfBeat(m_pickup, static_cast<double>(bar) * m_sketch.beatsPerBar); }
    double clipped(double time) const { return time > m_plan.seconds - tiny ? m_plan.seconds : time; }

    void addBeats() {
        const int perBar = m_sketch.beatsPerBar;
        int beat = -static_cast<int>(std::floor(m_pickup * m_sketch.bpm / 60.0 + tiny));
        for (; timeOfBeat(m_pickup, beat) < m_plan.seconds - tiny; ++beat) {
            m_plan.beats.push_back(
                {std::max(0.0, timeOfBeat(m_pickup, beat)), ((beat % perBar) + perBar) % perBar == 0});
        }
    }

    void addChords(const Progression& progression, int firstBar, int bars) {
        for (int bar = 0; bar < bars; ++bar) {
            const int played = m_sketch.goesOn ? firstBar + bar : bar;
            const Bar& chords = progression[static_cast<std::size_t>(played) % progression.size()];
            const int count = static_cast<int>(chords.size()), beats = m_sketch.beatsPerBar;
            const auto beatOf = [&](int chord) { return (chord * beats + count - 1) / count; };
            for (int n = 0; n < count; ++n) {
                const double start = timeOfBeat(timeOfBar(firstBar + bar), beatOf(n));
                if (start >= m_plan.seconds - tiny) return;
                const double end = n + 1 < count ? timeOfBeat(timeOfBar(firstBar + bar), beatOf(n + 1))
                                                 : timeOfBar(firstBar + bar + 1);
                addSpan({start, clipped(end), chords[static_cast<std::size_t>(n)]});
            }
        }
    }

    void addSpan(const ChordSpan& span) {
        auto& spans = m_plan.chords;
        if (!spans.empty()) {
            ChordSpan& last = spans.back();
            if (std::abs(last.end - span.start) < 1e-6) {
                last.end = span.start;
                if (last.chord == span.chord) {
                    last.end = span.end;
                    return;
                }
            }
        }
        spans.push_back(span);
    }

    const PlanSketch& m_sketch;
    double m_pickup;
    Plan m_plan;
};

// The last span that starts at or before a time, if it has not ended.
template <typename Span> const Span* spanAt(const std::vector<Span>& spans, double time) {
    auto after =
        std::upper_bound(spans.begin(), spans.end(), time, [](double t, const Span& span) { return t < span.start; });
    if (after == spans.begin()) return nullptr;
    --after;
    return time < after->end ? &*after : nullptr;
}

} // namespace

Plan buildPlan(const PlanSketch& sketch, double seconds, double pickupSeconds) {
    validate(sketch, seconds, pickupSeconds);
    return Builder(sketch, seconds, pickupSeconds).build();
}

Chord chordAt(const Plan& plan, double time) {
    const ChordSpan* span = spanAt(plan.chords, time);
    return span ? span->chord : Chord{};
}

const Section* sectionAt(const Plan& plan, double time) {
    return spanAt(plan.sections, time);
}

} // namespace n2m::plan
