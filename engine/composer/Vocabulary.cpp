#include "engine/composer/Vocabulary.h"

#include "engine/base/Assets.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <set>
#include <stdexcept>

namespace n2m::composer {

namespace {

using nlohmann::json;
using Strings = std::vector<std::string>;

json readJson(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw base::Failure("{}: cannot be opened", base::printable(file.string()));
    return json::parse(stream);
}

Weighted<std::string> weightedNames(const json& object) {
    Weighted<std::string> result;
    for (const auto& [name, weight] : object.items())
        result.emplace_back(name, weight.get<double>());
    return result;
}

Voice voiceFrom(const std::string& name) {
    if (name == "struck") return Voice::Struck;
    if (name == "plucked") return Voice::Plucked;
    if (name == "blown") return Voice::Blown;
    if (name == "bowed") return Voice::Bowed;
    if (name == "held") return Voice::Held;
    throw base::Failure("\"{}\" is not a voice", name);
}

Instrument instrumentFrom(const std::string& name, const json& from) {
    Instrument result;
    result.name = name;
    result.names = from.at("names").get<Strings>();
    result.shows = from.value("shows", name);
    result.programs = from.at("programs").get<std::vector<int>>();
    result.low = from.at("range").at(0);
    result.high = from.at("range").at(1);
    result.voice = voiceFrom(from.at("voice"));
    result.lead = from.value("lead", false);
    return result;
}

Mood moodFrom(const std::string& name, const json& from) {
    Mood mood;
    mood.name = name;
    mood.words = from.at("words").get<Strings>();
    mood.scenes = from.at("scenes").get<Strings>();
    mood.minor = from.at("minor");
    mood.tempo = from.at("tempo");
    mood.registers = from.at("register");
    mood.density = from.at("density");
    mood.legato = from.at("legato");
    mood.leap = from.at("leap");
    mood.energy = from.at("energy");
    mood.loudness = from.at("loudness");
    mood.phrygian = from.value("phrygian", 0.0);
    mood.lydian = from.value("lydian", 0.0);
    mood.chromatic = from.value("chromatic", 0.0);
    mood.fall = from.value("fall", 0.0);
    mood.rise = from.value("rise", 0.0);
    mood.room = from.value("room", 0.0);
    mood.layers = from.value("layers", 0.0);
    return mood;
}

Finish finishFrom(const json& from, double room) {
    Finish finish;
    finish.lowCut = from.value("lowCut", 0.0);
    finish.highCut = from.value("highCut", 0.0);
    finish.crackle = from.value("crackle", 0.0);
    finish.hiss = from.value("hiss", 0.0);
    finish.drive = from.value("drive", 0.0);
    finish.wow = from.value("wow", 0.0);
    finish.bits = from.value("bits", 0.0);
    finish.room = from.value("room", room);
    return finish;
}

PartChoice partFrom(const json& from, bool bass) {
    PartChoice part;
    part.instruments = from.at("instruments").get<Strings>();
    part.styles = from.at("styles").get<Strings>();
    part.bass = from.value("bass", bass);
    part.always = from.value("always", bass && !from.contains("chance"));
    part.unlessSolo = from.value("unlessSolo", false);
    part.chance = from.value("chance", 1.0);
    part.from = from.value("from", bass ? 0.28 : 0.0);
    part.until = from.value("until", 1.01);
    part.gain = from.value("gain", -8.0);
    if (from.contains("range")) {
        part.low = from["range"].at(0);
        part.high = from["range"].at(1);
    }
    part.voices = from.value("voices", 4);
    return part;
}

Genre genreFrom(const std::string& name, const json& from) {
    Genre genre;
    genre.name = name;
    genre.names = from.at("names").get<Strings>();
    genre.nouns = from.at("nouns").get<Strings>();
    if (from.contains("soloNames")) genre.soloNames = from["soloNames"].get<std::map<std::string, Strings>>();
    genre.slowest = from.at("tempo").at(0);
    genre.fastest = from.at("tempo").at(1);
    for (const auto& [metre, weight] : from.at("metres").items())
        genre.metres.emplace_back(std::stoi(metre), weight.get<double>());
    genre.feels = weightedNames(from.at("feels"));
    if (from.contains("swing")) {
        genre.swingLow = from["swing"].at(0);
        genre.swingHigh = from["swing"].at(1);
    }
    genre.major = from.at("major").get<Strings>();
    genre.minor = from.at("minor").get<Strings>();
    genre.forms = from.at("forms").get<Strings>();
    if (!from.at("bass").is_null()) genre.parts.push_back(partFrom(from["bass"], true));
    for (const json& part : from.at("parts"))
        genre.parts.push_back(partFrom(part, false));
    genre.drums = from.value("drums", Strings{});
    genre.kits = from.value("kits", std::vector<int>{});
    genre.drumChance = from.value("drumChance", 1.0);
    genre.drumsFrom = from.value("drumsFrom", 0.28);
    genre.drumGain = from.value("drumGain", -4.0);
    genre.harmonised = from.value("harmonised", 0.0);
    genre.pump = from.value("pump", 0.0);
    genre.leads = weightedNames(from.at("leads"));
    genre.moods = weightedNames(from.at("moods"));
    genre.eras = weightedNames(from.at("eras"));
    const json& melody = from.at("melody");
    genre.melody = {melody.at("style"), melody.at("density"), melody.at("syncopation"), melody.at("scale")};
    genre.finish = finishFrom(from.value("finish", json::object()), from.at("room"));
    return genre;
}

template <typename T> const T& named(const std::vector<T>& list, const std::string& name, const char* what) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const T& entry) { return entry.name == name; });
    if (found == list.end()) throw std::out_of_range(fmt::format("there is no {} \"{}\"", what, name));
    return *found;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return result;
}

// Whether the words before and behind an instrument's name say that it has the melody; small letters.
bool saysThatItLeads(std::string_view before, std::string_view behind) {
    static const Strings openings{"lead",          "solo",        "led by",       "led by a",     "led by an",
                                  "led by the",    "played by",   "played by a",  "played by an", "played by the",
                                  "led by a solo", "featuring a", "featuring an", "featuring"};
    static const Strings endings{"play the", "plays the", "take the lead",     "takes the lead", "lead", "leads",
                                 "melody",   "carry",     "carries",           "carrying",       "solo", "as the lead",
                                 "play a",   "plays a",   "in the foreground", "up front"};
    while (before.ends_with(' '))
        before.remove_suffix(1);
    while (behind.starts_with(' '))
        behind.remove_prefix(1);
    const auto ends = [&](const std::string& cue) {
        return before.ends_with(cue) && (before.size() == cue.size() || before[before.size() - cue.size() - 1] == ' ');
    };
    const auto begins = [&](const std::string& cue) {
        return behind.starts_with(cue) &&
               (behind.size() == cue.size() || !std::isalpha(static_cast<unsigned char>(behind[cue.size()])));
    };
    return std::any_of(openings.begin(), openings.end(), ends) || std::any_of(endings.begin(), endings.end(), begins);
}

template <typename Read> void readFile(const std::filesystem::path& file, Read read) {
    try {
        const json all = readJson(file);
        for (const auto& [name, entry] : all.items())
            read(name, entry);
    } catch (const json::exception& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
}

} // namespace

Vocabulary::Vocabulary()
    : Vocabulary(base::assetsFolder() / "corpus") {}

Vocabulary::Vocabulary(const std::filesystem::path& folder) {
    readFile(folder / "instruments.json", [this](const std::string& name, const json& entry) {
        m_instruments.emplace(name, instrumentFrom(name, entry));
        if (m_instruments.at(name).lead) m_leads.push_back(name);
    });
    readFile(folder / "moods.json",
             [this](const std::string& name, const json& entry) { m_moods.push_back(moodFrom(name, entry)); });
    readFile(folder / "eras.json", [this](const std::string& name, const json& entry) {
        m_eras.push_back(
            {name, entry.at("words").get<Strings>(), entry.value("kits", std::vector<int>{}), finishFrom(entry, 0.0)});
    });
    readFile(folder / "forms.json", [this](const std::string& name, const json& entry) {
        plan::Form form{name, {}};
        for (const json& part : entry)
            form.parts.push_back({part.at(0), part.at(1), part.at(2)});
        m_forms.push_back(form);
    });
    readFile(folder / "drums.json", [this](const std::string& name, const json& entry) {
        m_drums[name] = {name, entry.at("beats"), entry.value("triplet", false),
                         entry.at("lanes").get<std::map<std::string, std::string>>()};
    });
    const auto patterns = [&](const char* file, std::map<std::string, Pattern>& into) {
        readFile(folder / file, [&into](const std::string& name, const json& entry) {
            into[name] = {name,
                          entry.at("beats"),
                          entry.value("triplet", false),
                          entry.value("figure", std::string()),
                          entry.value("steps", std::string()),
                          entry.value("gate", 0.9)};
        });
    };
    patterns("bass.json", m_bass);
    patterns("comping.json", m_comping);
    readFile(folder / "levels.json", [this](const std::string& program, const json& level) {
        m_levels[std::stoi(program)] = level.get<double>();
    });
    readFile(folder / "genres.json",
             [this](const std::string& name, const json& entry) { m_genres.push_back(genreFrom(name, entry)); });
    std::set<std::string> progressions;
    for (const Genre& each : m_genres) {
        progressions.insert(each.major.begin(), each.major.end());
        progressions.insert(each.minor.begin(), each.minor.end());
    }
    m_progressions.assign(progressions.begin(), progressions.end());
    check();
}

void Vocabulary::check() const {
    // Every name that one file uses must exist in another: a misspelt one is found when loading, not in some clip.
    try {
        for (const Genre& each : m_genres) {
            for (const auto& entry : each.leads)
                if (!instrument(entry.first).lead) throw std::out_of_range(entry.first + " is not a lead instrument");
            for (const auto& entry : each.moods)
                mood(entry.first);
            for (const auto& entry : each.eras)
                if (!entry.first.empty()) era(entry.first);
            for (const std::string& name : each.forms)
                form(name);
            for (const std::string& name : each.drums)
                drums(name);
            for (const PartChoice& part : each.parts) {
                for (const std::string& name : part.instruments)
                    instrument(name);
                for (const std::string& name : part.styles)
                    part.bass ? bass(name) : comping(name);
            }
        }
    } catch (const std::out_of_range& error) {
        throw base::Failure("the corpus vocabulary contradicts itself: {}", base::messageOf(error));
    }
}

const Genre& Vocabulary::genre(const std::string& name) const {
    return named(m_genres, name, "genre");
}
const Mood& Vocabulary::mood(const std::string& name) const {
    return named(m_moods, name, "mood");
}
const Era& Vocabulary::era(const std::string& name) const {
    return named(m_eras, name, "era");
}
const plan::Form& Vocabulary::form(const std::string& name) const {
    return named(m_forms, name, "form");
}

std::map<std::string, bool> Vocabulary::instrumentsNamedIn(std::string_view text) const {
    std::vector<std::pair<std::string, const Instrument*>> known; // several instruments may share a name
    for (const auto& [name, instrument] : m_instruments) {
        for (const std::string& called : instrument.names)
            known.emplace_back(lower(called), &instrument);
    }
    std::stable_sort(known.begin(), known.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    const std::string small = lower(text);
    std::vector<std::pair<std::size_t, std::size_t>> taken; // positions and lengths of longer names
    const auto letter = [&](std::size_t at) {
        return at < small.size() && std::isalnum(static_cast<unsigned char>(small[at]));
    };
    std::map<std::string, bool> found;
    for (const auto& [called, instrument] : known) {
        for (std::size_t at = small.find(called); at != std::string::npos; at = small.find(called, at + 1)) {
            const bool word = (at == 0 || !letter(at - 1)) && !letter(at + called.size());
            const bool insideLonger = std::any_of(taken.begin(), taken.end(), [&](const auto& other) {
                return other.second > called.size() && at + called.size() > other.first &&
                       at < other.first + other.second;
            });
            if (!word || insideLonger) continue;
            bool& leads = found[instrument->name];
            leads = leads || saysThatItLeads(small.substr(0, at), small.substr(at + called.size()));
            taken.emplace_back(at, called.size());
        }
    }
    return found;
}

double Vocabulary::levelOf(int program) const {
    const auto found = m_levels.find(program);
    return found == m_levels.end() ? 0.0 : found->second;
}

} // namespace n2m::composer
