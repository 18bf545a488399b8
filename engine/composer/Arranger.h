#pragma once

#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"

#include <cstdint>

namespace n2m::composer {

/// Writes the score over a plan: melody, accompaniment, bass and drums, by the rules of the corpus, so that a generator
/// gets scores like those that it was trained on. Parts that the plan had are replaced. The result has no parts if the
/// plan has no chords, or its beats are not a steady grid from the start on. Deterministic: equal arguments give equal
/// notes on every machine. Any thread.
plan::Plan arranged(const Vocabulary& vocabulary, plan::Plan plan, const Style& style, std::uint64_t seed);

} // namespace n2m::composer
