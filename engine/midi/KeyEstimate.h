#pragma once

#include "engine/plan/Plan.h"

#include <array>
#include <vector>

namespace n2m::midi {

/// How long each pitch class sounds in all parts but the drums, in seconds.
std::array<double, 12> pitchClassTimes(const std::vector<plan::Part>& parts);

/// The share of the notes' time that is in a key's scale (of minor keys the natural one), 0 … 1.
double shareInKey(const std::array<double, 12>& times, const plan::Key& key);

/// The key that the notes suggest: the one whose profile correlates most with the times of the pitch classes
/// (Krumhansl 1990, with the profiles of Temperley, Music and Probability, 2007). C major where nothing sounds.
plan::Key estimateKey(const std::array<double, 12>& times);

} // namespace n2m::midi
