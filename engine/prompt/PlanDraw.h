#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanWishes.h"
#include "engine/prompt/Understanding.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace n2m::prompt {

/// Weights for the values of an attribute ("genre", "lead", "mood", "era"), from whoever has an opinion about a prompt:
/// a trained planner, or a joint embedding that finds the nearest words. They count where the prompt itself says
/// nothing. A value that is missing has the weight 1.
using Preferences = std::map<std::string, std::map<std::string, double>>;

/// The seed, and the generator, for one attribute of the plan of a prompt and a seed. Different attributes, prompts and
/// seeds, neighbouring ones too, give unrelated numbers. Blanks, case and punctuation of the prompt do not matter.
std::uint64_t seedFor(std::uint64_t seed, std::string_view attribute, std::string_view prompt);
base::Random randomFor(std::uint64_t seed, std::string_view attribute, std::string_view prompt);

/// The choices for a clip: its plan and the style of its score.
struct Draft {
    plan::PlanSketch plan;
    composer::Style style;
};

/// Draws what the prompt and the user's typed `wishes` leave open so that it fits them: a genre that suits the lead, a
/// lead that suits the genre, a tempo for genre, metre and words, a mode for the mood. Typed wishes take precedence
/// over words. Equal arguments give an equal draft on every machine. Throws base::InvalidInput as plan::buildPlan does.
/// Any thread.
Draft drawPlan(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
               const plan::PlanWishes& wishes, double seconds, std::uint64_t seed, const Preferences& preferences = {});

/// drawPlan() written out: the plan with its score.
plan::Plan writePlan(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
                     const plan::PlanWishes& wishes, double seconds, std::uint64_t seed,
                     const Preferences& preferences = {});

} // namespace n2m::prompt
