#pragma once

#include "engine/plan/Form.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::plan {

/// A progression as progressionInKey() reads it.
struct ProgressionEntry {
    bool minor = false;
    std::string degrees;
    bool operator==(const ProgressionEntry&) const = default;
};

/// The lists from which a planner's heads choose. They are stored with the planner's weights, which so keep their
/// meaning when the corpus changes. A plain value.
struct PlanVocabulary {
    std::vector<std::string> genres;
    std::vector<int> metres; ///< beats to a bar
    std::vector<ProgressionEntry> progressions;
    std::vector<Form> forms;
    std::map<std::string, std::vector<std::string>> attributes; ///< values of the auxiliary heads: "lead" → "piano", …
    bool operator==(const PlanVocabulary&) const = default;

    /// Indices into the lists; -1 = not there.
    int genre(std::string_view name) const;
    int metre(int beatsPerBar) const;
    int progression(bool minor, std::string_view degrees) const;
    int form(std::string_view name) const;
    int attribute(const std::string& name, std::string_view value) const;
};

/// Tempi in bins 4% wide from 45 to 190 bpm; the first and the last bin take the tempi beyond.
constexpr double slowestBpm = 45.0, tempoRatio = 1.04;
constexpr int tempoBins = 37;
int tempoBin(double bpm);
double lowestBpmOf(int bin); ///< the bin extends to the lowest tempo of the next

nlohmann::json toJson(const PlanVocabulary& vocabulary);
/// Throws base::InvalidInput, one line that names the field; lists are bounded, degrees are checked.
PlanVocabulary planVocabularyFromJson(const nlohmann::json& json);

} // namespace n2m::plan
