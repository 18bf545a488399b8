#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Timeline.h"

#include <algorithm>

namespace n2m::composer {

/// Puts notes on a track with a person's small deviations in timing and loudness, never outside the clip. Times are
/// beats on the timeline, which swings them.
class Performer {
public:
    /// `looseness`: standard deviation of the timing in seconds. `loudness` is added to every velocity.
    Performer(Track& track, const Timeline& timeline, base::Random random, double looseness, double loudness)
        : m_track(track)
        , m_timeline(timeline)
        , m_random(std::move(random))
        , m_looseness(looseness)
        , m_loudness(loudness) {}

    /// `delay` in seconds: strummed strings, grace notes.
    void play(double beat, double beats, int pitch, double velocity, double delay = 0.0) {
        const double limit = m_timeline.plan().seconds;
        const double start = std::max(0.0, m_timeline.time(beat) + delay + m_looseness * m_random.bell());
        const double end = std::min(limit, std::max(m_timeline.time(beat + beats) + delay, start + 0.03));
        if (start > limit - 0.03 || pitch < 0 || pitch > 127) return;
        const double loud = velocity + m_loudness + 4.0 * m_random.bell();
        m_track.notes.push_back({start, end, pitch, static_cast<int>(std::clamp(loud, 8.0, 126.0))});
    }
    void control(double seconds, int controller, int value) {
        if (seconds < m_timeline.plan().seconds)
            m_track.controls.push_back({std::max(0.0, seconds), controller, value});
    }
    base::Random& random() { return m_random; }
    const Timeline& timeline() const { return m_timeline; }
    Track& track() { return m_track; }

private:
    Track& m_track;
    const Timeline& m_timeline;
    base::Random m_random;
    double m_looseness, m_loudness;
};

/// The velocity of a step: '1' … '9', louder where the section has more energy.
inline double stepVelocity(char digit, double energy) {
    return (34.0 + 8.0 * (digit - '0')) * (0.82 + 0.24 * energy);
}

/// Calls `play(beat, beats, character)` for every note of a pattern's bar; a note lasts over the '-' that follow it.
template <typename Play>
void forEachStep(const std::string& steps, int stepsPerBar, int beatsPerBar, int bar, double barBeat, Play play) {
    const int bars = static_cast<int>(steps.size()) / stepsPerBar;
    if (bars < 1) return;
    const int first = bar % bars * stepsPerBar;
    const double stepBeats = static_cast<double>(beatsPerBar) / stepsPerBar;
    for (int n = 0; n < stepsPerBar; ++n) {
        const char step = steps[static_cast<std::size_t>(first + n)];
        if (step == '.' || step == '-') continue;
        int length = 1;
        while (n + length < stepsPerBar && steps[static_cast<std::size_t>(first + n + length)] == '-')
            ++length;
        play(barBeat + n * stepBeats, length * stepBeats, step);
    }
}

} // namespace n2m::composer
