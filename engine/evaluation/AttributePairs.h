#pragma once

#include "engine/evaluation/Evaluation.h"

#include <string>
#include <vector>

namespace n2m::evaluation {

/// Two prompts that differ in one attribute, which the clips must follow.
struct AttributePair {
    std::string attribute;               ///< a head of the detectors, or "tempo"
    std::string first, second;           ///< prompts
    std::string firstLabel, secondLabel; ///< the attribute's values; for "tempo" the second is the faster
};

/// The pairs of the evaluation: leads, genres, moods, drums and tempi.
std::vector<AttributePair> attributePairs();

struct PairScore {
    AttributePair pair;
    Share followed; ///< seeds at which the measure went the right way
};

struct PairReport {
    std::vector<PairScore> scores;
    Share all() const;
    std::string text() const;
    std::string json() const;
};

/// Makes both clips of every pair with the same seeds and lets the detectors compare them. For "tempo" the second must
/// be heard as faster; else the odds of the second's label over the first's must be higher in the second clip. Guessing
/// gets half. Pairs with labels that the detectors do not know are left out. Throws base::InvalidInput for no seeds.
PairReport comparePairs(const std::vector<AttributePair>& pairs, int seeds, std::uint64_t firstSeed,
                        const StageSettings& generator, const Detectors& detectors, const Maker& make,
                        const std::function<void(const std::string& phase, int step, int steps)>& progress = {});

} // namespace n2m::evaluation
