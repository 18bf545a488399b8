#pragma once

#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"

#include <cstdint>

namespace n2m::composer {

/// Writes the score over a plan: melody, accompaniment, bass and drums, by the rules by which the corpus is composed,
/// so that a generator that was trained on its scores finds what it knows. Parts that the plan had are replaced. A plan
/// without chords, or whose beats are not the steady grid from the start on that a composer can count in, is given back
/// without parts. Deterministic: equal arguments give equal notes on every machine. Any thread.
plan::Plan arranged(const Vocabulary& vocabulary, plan::Plan plan, const Style& style, std::uint64_t seed);

} // namespace n2m::composer
