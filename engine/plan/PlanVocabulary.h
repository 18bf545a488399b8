#pragma once

#include "engine/plan/PlanBuilder.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::plan {

/// A form as shares of a clip, whatever its length.
struct FormPart {
    std::string name;
    double share = 1.0;
    float energy = 0.5f;
    bool operator==(const FormPart&) const = default;
};

struct FormEntry {
    std::string name;
    std::vector<FormPart> parts;
    bool operator==(const FormEntry&) const = default;
};

/// A progression as degrees: bars apart by blanks, the chords of a bar by commas ("i bVI bIII,bVII V").
struct ProgressionEntry {
    bool minor = false;
    std::string degrees;
    bool operator==(const ProgressionEntry&) const = default;
};

/// What a planner may say: the lists from which its heads choose. It travels with the planner's weights, so that these
/// keep their meaning when the corpus changes. A plain value.
struct PlanVocabulary {
    std::vector<std::string> genres;
    std::vector<int> metres; ///< beats to a bar
    std::vector<ProgressionEntry> progressions;
    std::vector<FormEntry> forms;
    std::map<std::string, std::vector<std::string>> attributes; ///< of the auxiliary heads: "lead" → "piano", …
    bool operator==(const PlanVocabulary&) const = default;

    /// Where they stand in the lists; -1 = not there.
    int genre(std::string_view name) const;
    int metre(int beatsPerBar) const;
    int progression(bool minor, std::string_view degrees) const;
    int form(std::string_view name) const;
    int attribute(const std::string& name, std::string_view value) const;
};

/// Tempi in bins 4% wide from 45 to 190 bpm; what lies outside counts to the first or last.
constexpr double slowestBpm = 45.0, tempoRatio = 1.04;
constexpr int tempoBins = 37;
int tempoBin(double bpm);
double lowestBpmOf(int bin); ///< the bin reaches from this to that of the next

/// The degrees as chords in a key. Throws std::invalid_argument as chordOfDegree does.
Progression progressionInKey(const Key& key, const ProgressionEntry& entry);

/// A form over a number of bars: every part gets its share, in multiples of four, two or one bars as there is room (12
/// and 7 bars), so that phrases stay whole; the composer lays out by the same rule. Parts that find no bar are left
/// out.
std::vector<SectionSketch> layOutForm(const FormEntry& form, int bars);

/// Throws std::invalid_argument, one line that names the field; lists are bounded, degrees are checked.
nlohmann::json toJson(const PlanVocabulary& vocabulary);
PlanVocabulary planVocabularyFromJson(const nlohmann::json& json);

} // namespace n2m::plan
