#pragma once

#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"

#include <cstdint>

namespace n2m::composer {

/// Whether a plan's score is a single melody: one part, not drums, that sounds like one voice.
bool isOnlyMelody(const plan::Plan& plan);

/// A score from elsewhere, as a prompt's style plays it; its notes stay as they are.
///
/// A single melody gets accompaniment, bass and drums by the rules, over its chords. Where the score names no
/// instrument (every program is 0, as in files of people who did not choose), the parts get those of an arrangement in
/// that style; otherwise, if `leadNamed`, only the lead gets the style's. Beats may be uneven: the rules write over a
/// steady grid, from the first downbeat on, and their notes are moved to the beats. Deterministic, as arranged(). Any
/// thread.
plan::Plan adapted(const Vocabulary& vocabulary, plan::Plan plan, Style style, bool leadNamed, std::uint64_t seed);

} // namespace n2m::composer
