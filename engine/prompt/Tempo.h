#pragma once

#include "engine/composer/Vocabulary.h"

#include <set>
#include <string>

namespace n2m::prompt {

/// Tempi of a piece, in the plan's beats per minute.
struct TempoRange {
    double slowest = 60.0, fastest = 120.0;
};

/// The tempi that words ask for ("slow", "mid-tempo" …; none = any), in a genre and a metre: "slow" means less for a
/// waltz than for a ballad, and house cannot be as slow as either. `excluded`: tempi that are not wanted. Any thread.
TempoRange tempoRange(const composer::Genre& genre, int beatsPerBar, const std::set<std::string>& words,
                      const std::set<std::string>& excluded);

/// How well the words suit a genre's own tempi, 0 … 1.
double tempoFit(const composer::Genre& genre, int beatsPerBar, const std::set<std::string>& words);

} // namespace n2m::prompt
