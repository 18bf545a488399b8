#pragma once

#include "engine/prompt/PlanDraw.h"

#include <optional>

namespace n2m::prompt {

/// The first half of drawPlan(): genre, lead, mood, era, instruments and who is left out. `beatsPerBar`: the metre,
/// where it is fixed. Every name of the result is one of the vocabulary; the genre, the lead and the mood are never
/// empty.
composer::Style drawStyle(const composer::Vocabulary& vocabulary, const Understanding& heard, std::string_view prompt,
                          std::uint64_t seed, const std::optional<int>& beatsPerBar, const Preferences& preferences);

} // namespace n2m::prompt
