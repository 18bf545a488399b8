#pragma once

#include "engine/cascade/Planner.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <cstdint>
#include <optional>

namespace n2m::cascade {

/// The plan for a request: none where it wants none; the given one; else drawn by the planner around the user's wishes,
/// which are those of the request and, where it has none, what the prompt says in figures ("at 128 bpm", "in A minor").
/// Without a planner the wishes alone make a plain plan (120 bpm, four beats to the bar, the key of the chords or C
/// major where nothing is said), and no wish no plan. `planner` may be null. Throws std::invalid_argument as the
/// planner does.
/// With a `composer` the plan gets a score, unless the given one has its own: written over it for the genre, the lead
/// and the rest that the planner hears in the text. It may be null too.
/// Where a range of a sound is made anew, the plan that the sound was `played` to takes the planner's place, unless the
/// request itself names tempo, key or chords; it goes on as long as the clip, and only the range gets a new score.
std::optional<plan::Plan> choosePlan(const Request& request, const text::Embedded& text, cascade::Planner* planner,
                                     const composer::Vocabulary* composer, double seconds, std::uint64_t seed,
                                     const std::optional<plan::Plan>& played = std::nullopt);

} // namespace n2m::cascade
