#include "engine/midi/PartRoles.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>

namespace n2m::midi {
namespace {

using Role = plan::Part::Role;

constexpr double aLine = 1.3;      // notes at once, of a part that sounds like one voice
constexpr double lowLine = 50.0;   // MIDI pitch below which a line without a name is a bass
constexpr double leadShare = 0.25; // of the time, for a line to be the lead

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

bool has(const std::string& name, const char* word) {
    return name.find(word) != std::string::npos;
}

bool namesBass(const std::string& name) {
    return has(name, "bass") && !has(name, "bassoon") && !has(name, "bass drum") && !has(name, "bassdrum");
}

bool namesLead(const std::string& name) {
    constexpr std::array words{"melod", "lead", "vocal", "voice", "vox", "singer", "solo", "gesang", "stimme"};
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return has(name, word); });
}

/// The electric and acoustic basses of General MIDI, and the contrabass.
bool playsBass(int program) {
    const int plain = program % 1000;
    return (plain >= 32 && plain <= 39) || plain == 43;
}

struct Facts {
    double pitch = 60.0;   ///< mean, by time
    double sounding = 0.0; ///< seconds in which any note sounds
    double polyphony = 0.0;
};

Facts factsOf(const plan::Part& part) {
    Facts facts;
    double pitches = 0.0, all = 0.0, end = 0.0;
    for (const plan::Note& note : part.notes) { // sorted by start
        const double length = note.end - note.start;
        pitches += length * note.pitch;
        all += length;
        facts.sounding += std::max(0.0, note.end - std::max(end, note.start));
        end = std::max(end, note.end);
    }
    if (all > 0.0) facts.pitch = pitches / all;
    if (facts.sounding > 0.0) facts.polyphony = all / facts.sounding;
    return facts;
}

} // namespace

const char* trackNameOf(Role role) {
    constexpr std::array names{"Lead", "Accompaniment", "Bass", "Drums"};
    return names[static_cast<std::size_t>(role)];
}

double polyphony(const plan::Part& part) {
    return factsOf(part).polyphony;
}

void assignRoles(std::vector<plan::Part>& parts, const std::vector<std::string>& names) {
    std::vector<std::size_t> open; // the parts whose role is not known yet
    std::vector<Facts> facts;
    double longest = 0.0;
    bool bass = false;
    for (std::size_t n = 0; n < parts.size(); ++n) {
        facts.push_back(factsOf(parts[n]));
        if (parts[n].role == Role::Drums) continue;
        parts[n].role = Role::Accompaniment;
        longest = std::max(longest, facts[n].sounding);
        if (namesBass(lower(names[n])) || (playsBass(parts[n].program) && !namesLead(lower(names[n])))) {
            parts[n].role = Role::Bass;
            bass = true;
        } else {
            open.push_back(n);
        }
    }
    const auto byPitch = [&](std::size_t a, std::size_t b) { return facts[a].pitch < facts[b].pitch; };
    if (!bass && open.size() > 1) {
        const auto lowest = std::min_element(open.begin(), open.end(), byPitch);
        if (facts[*lowest].pitch < lowLine && facts[*lowest].polyphony < aLine && !namesLead(lower(names[*lowest]))) {
            parts[*lowest].role = Role::Bass;
            open.erase(lowest);
        }
    }
    if (open.empty()) return;
    std::optional<std::size_t> lead;
    for (const std::size_t n : open) // of several that are called so the busiest
        if (namesLead(lower(names[n])) && (!lead || facts[n].sounding > facts[*lead].sounding)) lead = n;
    for (const std::size_t n : open) {
        if (lead && namesLead(lower(names[*lead]))) break;
        const bool line = facts[n].polyphony < aLine && facts[n].sounding > leadShare * longest;
        if (line && (!lead || facts[n].pitch > facts[*lead].pitch)) lead = n;
    }
    parts[lead.value_or(*std::max_element(open.begin(), open.end(), byPitch))].role = Role::Lead;
}

} // namespace n2m::midi
