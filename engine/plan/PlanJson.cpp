#include "engine/plan/PlanJson.h"

#include "engine/base/Error.h"
#include "engine/plan/Harmony.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace n2m::plan {

using nlohmann::json;

namespace {

constexpr double longest = 3600.0; // seconds
constexpr std::size_t mostBeats = 50000, mostSpans = 20000, mostParts = 64, mostNotes = 50000, longestName = 200;
constexpr std::array<std::pair<Part::Role, const char*>, 4> roles{{{Part::Role::Lead, "lead"},
                                                                   {Part::Role::Accompaniment, "accompaniment"},
                                                                   {Part::Role::Bass, "bass"},
                                                                   {Part::Role::Drums, "drums"}}};

[[noreturn]] void fail(const std::string& field, const base::Message& reason) {
    throw base::InvalidInput("plan: {}: {}", field, reason);
}

double number(const json& object, const char* name, const std::string& where, double least, double most) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number()) fail(where + name, base::Message("a number was expected"));
    const double value = found->get<double>();
    if (!(value >= least && value <= most))
        fail(where + name, base::Message("{} is outside {} to {}", value, least, most));
    return value;
}

std::string text(const json& object, const char* name, const std::string& where) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) fail(where + name, base::Message("a text was expected"));
    auto value = found->get<std::string>();
    if (value.size() > longestName) fail(where + name, base::Message("more than {} bytes", longestName));
    return value;
}

const json& list(const json& object, const char* name, std::size_t most) {
    static const json none = json::array();
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return none;
    if (!found->is_array()) fail(name, base::Message("a list was expected"));
    if (found->size() > most) fail(name, base::Message("{} entries, more than {}", found->size(), most));
    return *found;
}

Beat beatFrom(const json& entry, const std::string& where) {
    if (entry.is_object()) {
        const auto mark = entry.find("downbeat");
        if (mark == entry.end() || !(mark->is_boolean() || mark->is_number_integer()))
            fail(where + "downbeat", base::Message("true or false was expected"));
        return {number(entry, "time", where, 0.0, longest),
                mark->is_boolean() ? mark->get<bool>() : mark->get<int>() != 0};
    }
    if (!entry.is_array() || entry.size() != 2 || !entry[0].is_number() ||
        !(entry[1].is_number() || entry[1].is_boolean())) {
        fail(where, base::Message("[time, 0 or 1] was expected"));
    }
    const double time = entry[0].get<double>();
    if (!(time >= 0.0 && time <= longest)) fail(where, base::Message("{} is outside 0 to {}", time, longest));
    return {time, entry[1].is_boolean() ? entry[1].get<bool>() : entry[1].get<double>() != 0.0};
}

// Reads the start and end of a span, which may not begin before the last one ended.
template <typename Span>
void readTimes(const json& entry, const std::string& where, const std::vector<Span>& before, Span& span) {
    if (!entry.is_object()) fail(where, base::Message("an object was expected"));
    span.start = number(entry, "start", where, 0.0, longest);
    span.end = number(entry, "end", where, 0.0, longest);
    if (span.end <= span.start) fail(where + "end", base::Message("is not after the start"));
    // Rounding may cause half a millisecond of overlap; it is removed.
    if (!before.empty() && span.start < before.back().end) {
        if (span.start < before.back().end - 5e-4) fail(where + "start", base::Message("overlaps the entry before"));
        span.start = before.back().end;
        if (span.end <= span.start) fail(where + "end", base::Message("is not after the start"));
    }
}

Note noteFrom(const json& entry, const std::string& where) {
    const auto isNumber = [](const json& value) { return value.is_number(); };
    if (!entry.is_array() || entry.size() != 4 || !std::all_of(entry.begin(), entry.end(), isNumber))
        fail(where, base::Message("[start, end, pitch, velocity] was expected"));
    Note note{entry[0].get<double>(), entry[1].get<double>(), 0, 0};
    if (!(note.start >= 0.0 && note.end > note.start && note.end <= longest))
        fail(where, base::Message("{} to {} s is not a range of time", note.start, note.end));
    for (const std::size_t index : {2, 3}) {
        const double value = entry[index].get<double>();
        if (!(value >= 0.0 && value <= 127.0) || value != std::floor(value))
            fail(where, base::Message("{} is not a whole number from 0 to 127", value));
        (index == 2 ? note.pitch : note.velocity) = static_cast<int>(value);
    }
    return note;
}

Part partFrom(const json& entry, const std::string& where) {
    if (!entry.is_object()) fail(where, base::Message("an object was expected"));
    Part part;
    const std::string name = text(entry, "role", where);
    const auto role = std::find_if(roles.begin(), roles.end(), [&](const auto& known) { return known.second == name; });
    if (role == roles.end())
        fail(where + "role", base::Message("\"{}\" is not lead, accompaniment, bass or drums", name));
    part.role = role->first;
    part.program = static_cast<int>(number(entry, "program", where, 0, 16383127));
    for (const json& note : list(entry, "notes", mostNotes))
        part.notes.push_back(noteFrom(note, fmt::format("{}notes[{}] ", where, part.notes.size())));
    return part;
}

json toJson(const Part& part) {
    json notes = json::array();
    for (const Note& note : part.notes)
        notes.push_back({note.start, note.end, note.pitch, note.velocity});
    const auto role =
        std::find_if(roles.begin(), roles.end(), [&](const auto& known) { return known.first == part.role; });
    return {{"role", role->second}, {"program", part.program}, {"notes", std::move(notes)}};
}

} // namespace

json toJson(const Plan& plan) {
    json beats = json::array(), chords = json::array(), sections = json::array();
    for (const Beat& beat : plan.beats)
        beats.push_back({beat.time, beat.downbeat ? 1 : 0});
    for (const ChordSpan& span : plan.chords) {
        chords.push_back({{"start", span.start}, {"end", span.end}, {"symbol", toString(span.chord)}});
    }
    for (const Section& section : plan.sections) {
        sections.push_back(
            {{"start", section.start}, {"end", section.end}, {"name", section.name}, {"energy", section.energy}});
    }
    json result{{"seconds", plan.seconds},   {"bpm", plan.bpm}, {"beatsPerBar", plan.beatsPerBar},
                {"key", toString(plan.key)}, {"beats", beats},  {"chords", chords},
                {"sections", sections}};
    for (const Part& part : plan.parts)
        result["parts"].push_back(toJson(part));
    return result;
}

Plan planFromJson(const json& object) {
    if (!object.is_object()) fail("plan", base::Message("an object was expected"));
    Plan plan;
    plan.bpm = number(object, "bpm", "", 20.0, 400.0);
    if (object.contains("beatsPerBar")) {
        if (!object["beatsPerBar"].is_number_integer())
            fail("beatsPerBar", base::Message("a whole number was expected"));
        plan.beatsPerBar = static_cast<int>(number(object, "beatsPerBar", "", 1, 16));
    }
    const std::string key = text(object, "key", "");
    try {
        plan.key = parseKey(key);
    } catch (const base::InvalidInput& error) {
        fail("key", error.message());
    }
    for (const json& entry : list(object, "beats", mostBeats)) {
        const std::string where = fmt::format("beats[{}] ", plan.beats.size());
        const Beat beat = beatFrom(entry, where);
        if (!plan.beats.empty() && beat.time <= plan.beats.back().time)
            fail(where, base::Message("is not after the beat before"));
        plan.beats.push_back(beat);
    }
    for (const json& entry : list(object, "chords", mostSpans)) {
        const std::string where = fmt::format("chords[{}] ", plan.chords.size());
        ChordSpan span;
        readTimes(entry, where, plan.chords, span);
        const std::string symbol = text(entry, "symbol", where);
        try {
            span.chord = parseChord(symbol);
        } catch (const base::InvalidInput& error) {
            fail(where + "symbol", error.message());
        }
        plan.chords.push_back(std::move(span));
    }
    for (const json& entry : list(object, "sections", mostSpans)) {
        const std::string where = fmt::format("sections[{}] ", plan.sections.size());
        Section section;
        readTimes(entry, where, plan.sections, section);
        section.name = text(entry, "name", where);
        section.energy = static_cast<float>(number(entry, "energy", where, 0.0, 1.0));
        plan.sections.push_back(std::move(section));
    }
    double lastNote = 0.0;
    for (const json& entry : list(object, "parts", mostParts)) {
        plan.parts.push_back(partFrom(entry, fmt::format("parts[{}] ", plan.parts.size())));
        for (const Note& note : plan.parts.back().notes)
            lastNote = std::max(lastNote, note.end);
    }
    const double last = std::max({lastNote, plan.beats.empty() ? 0.0 : plan.beats.back().time,
                                  plan.chords.empty() ? 0.0 : plan.chords.back().end,
                                  plan.sections.empty() ? 0.0 : plan.sections.back().end});
    plan.seconds = object.contains("seconds") ? number(object, "seconds", "", 0.0, longest) : last;
    if (last > plan.seconds + 1e-3)
        fail("seconds", base::Message("an entry is at {} s, after the end at {} s", last, plan.seconds));
    return plan;
}

} // namespace n2m::plan
