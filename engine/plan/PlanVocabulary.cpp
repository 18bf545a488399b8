#include "engine/plan/PlanVocabulary.h"

#include "engine/base/Error.h"
#include "engine/plan/Harmony.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace n2m::plan {

using nlohmann::json;

namespace {

constexpr std::size_t mostEntries = 4096;

template <typename List, typename Matches> int indexOf(const List& list, Matches matches) {
    const auto found = std::find_if(list.begin(), list.end(), matches);
    return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}

[[noreturn]] void fail(const std::string& field, const base::Message& reason) {
    throw base::InvalidInput("planner vocabulary: {}: {}", field, reason);
}

const json& list(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_array() || found->empty() || found->size() > mostEntries) {
        fail(name, base::Message("a list of 1 to {} entries was expected", mostEntries));
    }
    return *found;
}

std::string text(const json& value, const std::string& field) {
    if (!value.is_string() || value.get_ref<const std::string&>().size() > 500)
        fail(field, base::Message("a short text was expected"));
    return value.get<std::string>();
}

FormPart partFrom(const json& value, const std::string& field) {
    if (!value.is_array() || value.size() != 3 || !value[1].is_number() || !value[2].is_number()) {
        fail(field, base::Message("[name, share, energy] was expected"));
    }
    FormPart part{text(value[0], field), value[1].get<double>(), value[2].get<float>()};
    if (!(part.share > 0.0 && part.share <= 1.0) || !(part.energy >= 0.0f && part.energy <= 1.0f)) {
        fail(field, base::Message("share and energy must be between 0 and 1"));
    }
    return part;
}

} // namespace

int PlanVocabulary::genre(std::string_view name) const {
    return indexOf(genres, [&](const std::string& entry) { return entry == name; });
}

int PlanVocabulary::metre(int beatsPerBar) const {
    return indexOf(metres, [&](int entry) { return entry == beatsPerBar; });
}

int PlanVocabulary::progression(bool minor, std::string_view degrees) const {
    return indexOf(progressions,
                   [&](const ProgressionEntry& entry) { return entry.minor == minor && entry.degrees == degrees; });
}

int PlanVocabulary::form(std::string_view name) const {
    return indexOf(forms, [&](const Form& entry) { return entry.name == name; });
}

int PlanVocabulary::attribute(const std::string& name, std::string_view value) const {
    const auto found = attributes.find(name);
    if (found == attributes.end()) return -1;
    return indexOf(found->second, [&](const std::string& entry) { return entry == value; });
}

int tempoBin(double bpm) {
    if (!(bpm > slowestBpm)) return 0;
    // The added 1e-9 keeps a bin's own lower edge in it.
    const double bin = std::log(bpm / slowestBpm) / std::log(tempoRatio) + 1e-9;
    return static_cast<int>(std::min(bin, tempoBins - 1.0));
}

double lowestBpmOf(int bin) {
    return slowestBpm * std::pow(tempoRatio, bin);
}

json toJson(const PlanVocabulary& vocabulary) {
    json progressions = json::array(), forms = json::array();
    for (const ProgressionEntry& entry : vocabulary.progressions) {
        progressions.push_back({entry.minor ? "minor" : "major", entry.degrees});
    }
    for (const Form& form : vocabulary.forms) {
        json parts = json::array();
        for (const FormPart& part : form.parts)
            parts.push_back({part.name, part.share, part.energy});
        forms.push_back({{"name", form.name}, {"parts", parts}});
    }
    return {{"genres", vocabulary.genres},
            {"metres", vocabulary.metres},
            {"progressions", progressions},
            {"forms", forms},
            {"attributes", vocabulary.attributes}};
}

PlanVocabulary planVocabularyFromJson(const json& object) {
    if (!object.is_object()) fail("all", base::Message("an object was expected"));
    PlanVocabulary vocabulary;
    for (const json& entry : list(object, "genres"))
        vocabulary.genres.push_back(text(entry, "genres"));
    for (const json& entry : list(object, "metres")) {
        if (!entry.is_number_integer() || entry.get<double>() < 1 || entry.get<double>() > 16)
            fail("metres", base::Message("1 to 16 was expected"));
        vocabulary.metres.push_back(entry.get<int>());
    }
    for (const json& entry : list(object, "progressions")) {
        if (!entry.is_array() || entry.size() != 2) fail("progressions", base::Message("[mode, degrees] was expected"));
        const std::string mode = text(entry[0], "progressions");
        if (mode != "major" && mode != "minor") fail("progressions", base::Message("the mode must be major or minor"));
        vocabulary.progressions.push_back({mode == "minor", text(entry[1], "progressions")});
        Progression progression;
        try {
            progression = progressionInKey(Key{}, vocabulary.progressions.back().degrees);
        } catch (const base::InvalidInput& error) {
            fail("progressions", error.message());
        }
        if (progression.empty()) fail("progressions", base::Message("one is empty"));
    }
    for (const json& entry : list(object, "forms")) {
        if (!entry.is_object() || !entry.contains("name"))
            fail("forms", base::Message("an object with a name was expected"));
        Form form{text(entry["name"], "forms"), {}};
        for (const json& part : list(entry, "parts"))
            form.parts.push_back(partFrom(part, "forms"));
        vocabulary.forms.push_back(std::move(form));
    }
    const auto attributes = object.find("attributes");
    if (attributes == object.end() || !attributes->is_object() || attributes->size() > 64)
        fail("attributes", base::Message("an object was expected"));
    for (const auto& [name, values] : attributes->items()) {
        if (name.empty() || name.find('.') != std::string::npos)
            fail("attributes", base::Message("names without a dot were expected"));
        for (const json& value : list(*attributes, name.c_str()))
            vocabulary.attributes[name].push_back(text(value, name));
    }
    return vocabulary;
}

} // namespace n2m::plan
