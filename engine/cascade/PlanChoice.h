#pragma once

#include "engine/cascade/Planner.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <cstdint>
#include <optional>

namespace n2m::cascade {

/// Chooses the plan for a request: none where it wants none; else the given one; else one that the planner draws around
/// the user's wishes. The wishes are those of the request and, for the rest, figures in the prompt ("at 128 bpm", "in A
/// minor"). Without a planner the wishes alone make a plain plan (by default 120 bpm, four beats to the bar, the key of
/// the chords or C major); without wishes it makes none. `planner` may be null. Throws base::InvalidInput as the
/// planner does.
///
/// With a `vocabulary` (may be null) the plan gets a score, unless the given one has its own: written for the genre,
/// the lead and the rest of the style that the planner hears in the text.
///
/// For a repaint, the plan that the sound was `played` to replaces the planner's, unless the request itself names
/// tempo, key or chords. It is extended to the length of the clip, and only the range gets a new score.
std::optional<plan::Plan> choosePlan(const Request& request, const text::EmbeddedText& text, Planner* planner,
                                     const composer::Vocabulary* vocabulary, double seconds, std::uint64_t seed,
                                     const std::optional<plan::Plan>& played = std::nullopt);

} // namespace n2m::cascade
