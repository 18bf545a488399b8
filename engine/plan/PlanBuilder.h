#pragma once

#include "engine/plan/Harmony.h"
#include "engine/plan/Plan.h"

#include <string>
#include <vector>

namespace n2m::plan {

struct SectionSketch {
    std::string name;
    int bars = 8;
    float energy = 0.5f; ///< 0 … 1
    int progression = 0; ///< index of the progression that it plays, from its first bar
};

/// The choices from which a plan is built. A plain value.
struct PlanSketch {
    double bpm = 120.0; ///< beats as counted in beatsPerBar, per minute
    int beatsPerBar = 4;
    Key key;
    std::vector<Progression> progressions; ///< repeated for as long as the section lasts; none = no chords
    std::vector<SectionSketch> form;       ///< in order; none = no sections, the first progression throughout
    bool goesOn = false; ///< a progression goes on where a section begins, instead of from its first bar
};

/// A plan on a steady grid: bar 1 begins at `pickupSeconds`, and the beats before it count back from there, with no
/// chord. Chords that share a bar begin on beats, the earlier ones lasting longer where it does not divide (3 + 2).
/// Adjacent equal chords become one span. A form that is too short begins again; everything beyond `seconds` is cut.
/// Throws base::InvalidInput, one line, for numbers outside their ranges.
Plan buildPlan(const PlanSketch& sketch, double seconds, double pickupSeconds = 0.0);

/// The chord (none = "N.C.") and the section (nullptr = none) at a time.
Chord chordAt(const Plan& plan, double time);
const Section* sectionAt(const Plan& plan, double time);

} // namespace n2m::plan
