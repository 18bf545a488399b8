#pragma once

#include "engine/plan/Harmony.h"

#include <optional>
#include <string_view>

namespace n2m::plan {

/// The choices about a plan that the user has made; the planner draws the rest. A plain value.
struct PlanWishes {
    std::optional<double> bpm;
    std::optional<Key> key;
    std::optional<int> beatsPerBar;
    Progression chords; ///< empty = none given
    bool operator==(const PlanWishes&) const = default;
};

/// Reads the wishes that a prompt states in fixed words, which need no learning: "at 128 bpm", "90 beats per minute",
/// "in F# minor", "in the key of B flat major", "in 3/4". The first of each kind counts; a tempo outside 20 to 400 bpm
/// does not. "In a minor key" names no key. Accepts any text and never throws.
PlanWishes wishesIn(std::string_view prompt);

} // namespace n2m::plan
