#pragma once

#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::plan {

/// The beats of a plan as a ruler between seconds and beats: beat 0 is the plan's first beat. Before the first and
/// after the last beat it goes on at the plan's tempo; a plan without beats has beat 0 at its start. A plain value: any
/// thread.
class BeatGrid {
public:
    explicit BeatGrid(const Plan& plan);

    double beatAt(double seconds) const;
    double secondsAt(double beat) const;
    /// The place in the bar, in beats: 0 at a downbeat. Beyond the known downbeats bars have the plan's metre.
    double placeInBar(double beat) const;
    /// The length of the bar at a beat, in beats.
    double barLength(double beat) const;
    /// The beats that begin before the plan's end.
    int beats() const { return m_beats; }

private:
    std::size_t barAt(double beat) const; // the last downbeat that is not after it; 0 if all are

    std::vector<double> m_times;     // of the beats
    std::vector<double> m_downbeats; // in beats
    double m_secondsPerBeat = 0.5;
    int m_beatsPerBar = 4, m_beats = 0;
};

} // namespace n2m::plan
