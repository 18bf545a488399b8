#include "engine/prompt/HeardAs.h"

#include "engine/plan/Harmony.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace n2m::prompt {

namespace {

std::string phraseOf(const Finding& finding, std::string_view prompt) {
    return std::string(prompt.substr(finding.begin, finding.end - finding.begin));
}

std::string textOf(const Finding& finding, std::string_view prompt) {
    const std::string& value = finding.values.front();
    if (finding.attribute == "bpm") return fmt::format("{:g} bpm", std::stod(value));
    if (finding.attribute == "metre") return value + " beats a bar";
    if (finding.attribute == "mode") return value + " key";
    if (finding.attribute == "unable") return phraseOf(finding, prompt);
    if (finding.attribute == "players") {
        if (value == "only" || value == "alone") return "nobody else";
        return value.size() == 1 ? value + " players" : value;
    }
    // An instrument of several kinds is shown in the user's word: "guitarist".
    if (finding.attribute == "instrument" && finding.values.size() > 1 && finding.end > finding.begin)
        return phraseOf(finding, prompt);
    return fmt::format("{}", fmt::join(finding.values, " or "));
}

// Hints are shown where nothing else of the same words is: "funky", but not all that a Paris café suggests.
bool isShown(const Understanding& heard, const Finding& finding) {
    if (finding.attribute == "word") return false;
    if (!finding.hint) return true;
    return std::none_of(heard.findings.begin(), heard.findings.end(), [&](const Finding& other) {
        return &other != &finding && other.begin == finding.begin && other.end > other.begin &&
               (!other.hint || &other < &finding);
    });
}

} // namespace

std::vector<Chip> chipsOf(const Understanding& heard, std::string_view prompt) {
    std::vector<Chip> chips, excluded;
    for (const Finding& finding : heard.findings) {
        if (!isShown(heard, finding)) continue;
        // A singing voice is not possible, so nobody needs to exclude it.
        const bool voices = finding.attribute == "role" && finding.values.front() == "voices";
        Chip chip{finding.attribute, textOf(finding, prompt), finding.hint,
                  finding.excluded,  finding.begin,           finding.end};
        if ((finding.attribute == "unable" || voices) && !finding.excluded) {
            chip.attribute = "unable";
            chip.text = phraseOf(finding, prompt);
            chip.excluded = true;
        } else if (finding.excluded) {
            chip.text = "no " + chip.text;
        }
        std::vector<Chip>& list = chip.excluded ? excluded : chips;
        const bool known = std::any_of(list.begin(), list.end(), [&](const Chip& other) {
            return other.text == chip.text && other.attribute == chip.attribute;
        });
        if (!known) list.push_back(std::move(chip));
    }
    chips.insert(chips.end(), excluded.begin(), excluded.end());
    return chips;
}

std::string heardAs(const Understanding& heard, std::string_view prompt) {
    std::string line;
    bool excluded = false;
    for (const Chip& chip : chipsOf(heard, prompt)) {
        if (chip.attribute == "unable") continue;
        if (!line.empty()) line += chip.excluded && !excluded ? "; " : ", ";
        excluded = chip.excluded;
        line += chip.text;
    }
    return line;
}

std::vector<std::string> unknownWords(const Understanding& heard, std::string_view prompt) {
    std::vector<std::string> words;
    for (const Understanding::Span& span : heard.unknown)
        words.emplace_back(prompt.substr(span.begin, span.end - span.begin));
    return words;
}

nlohmann::ordered_json toJson(const Understanding& heard, std::string_view prompt) {
    nlohmann::ordered_json json{{"as", heardAs(heard, prompt)}};
    for (const char* attribute :
         {"genre", "instrument", "role", "mood", "era", "tempo", "metre", "mode", "texture", "place", "feel"}) {
        const std::vector<std::string> wanted = heard.wanted(attribute);
        if (!wanted.empty()) json[attribute] = wanted;
        const std::set<std::string> unwanted = heard.unwanted(attribute);
        if (!unwanted.empty()) json["without"][attribute] = unwanted;
    }
    if (heard.bpm) json["bpm"] = *heard.bpm;
    if (heard.key) json["key"] = plan::toString(*heard.key);
    for (const Understanding::Wanted& wanted : heard.instruments)
        if (wanted.lead) json["lead"] = wanted.oneOf;
    if (heard.solo) json["solo"] = true;
    if (heard.only) json["only"] = true;
    std::vector<std::string> impossible;
    for (const Chip& chip : chipsOf(heard, prompt))
        if (chip.attribute == "unable") impossible.push_back(chip.text);
    if (!impossible.empty()) json["impossible"] = impossible;
    json["unknown"] = unknownWords(heard, prompt);
    return json;
}

} // namespace n2m::prompt
