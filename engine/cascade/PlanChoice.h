#pragma once

#include "engine/cascade/Planner.h"
#include "engine/cascade/ScoreWriter.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"
#include "engine/prompt/Lexicon.h"
#include "engine/request/Request.h"
#include "engine/text/TextEncoder.h"

#include <cstdint>
#include <optional>

namespace n2m::cascade {

/// The tools for choosing a plan. All are borrowed; each may be null.
struct PlanSources {
    Planner* planner = nullptr;
    const composer::Vocabulary* vocabulary = nullptr; ///< writes scores; needs the lexicon
    const prompt::Lexicon* lexicon = nullptr;
    const ScoreWriter* writer = nullptr; ///< writes scores in place of the vocabulary's rules, which it needs, too
};

/// Chooses the plan for a request: none where it wants none; else the given one; else one that follows the user's
/// wishes. The wishes are the typed ones of the request and, for the rest, what the prompt says.
///
/// With a vocabulary the prompt is read in people's words and what it leaves open is drawn to fit (prompt::drawPlan);
/// the plan gets a score, unless the given one has its own; that one is adapted to the prompt where the request says so
/// (composer::adapted). Without it the planner draws what figures in the prompt
/// ("at 128 bpm", "in A minor") leave open. Without either those wishes make a plain plan (by default 120 bpm, four
/// beats to the bar, the key of the chords or C major), or none if there are none. Throws base::InvalidInput as the
/// planner does.
///
/// For a repaint, the plan that the sound was `played` to replaces a new one, unless the request itself names tempo,
/// key or chords. It is extended to the length of the clip, and only the range gets a new score.
std::optional<plan::Plan> choosePlan(const Request& request, const text::EmbeddedText& text, const PlanSources& sources,
                                     double seconds, std::uint64_t seed,
                                     const std::optional<plan::Plan>& played = std::nullopt);

} // namespace n2m::cascade
