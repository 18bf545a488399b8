#include "engine/labelling/Priming.h"

#include "engine/base/Assets.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/ObjectReader.h"
#include "engine/base/Utf8.h"
#include "engine/composer/Vocabulary.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace n2m::labelling {

namespace {

const char* const instructions = "You describe pieces of instrumental music in plain English. For each title you write "
                                 "one or two sentences on the genre, the instruments, the tempo and the mood, without "
                                 "naming the title, the artist or any lyrics.";
const char* const labelInstructions = "You label pieces of instrumental music in plain English. For each title you "
                                      "write four short labels of two to four words, separated by commas, on the "
                                      "genre, the instruments, the tempo and the mood.";

std::string lineFor(const Song& song) {
    std::string line = song.title;
    if (!song.artist.empty()) line += " by " + song.artist;
    if (!song.style.empty()) line += " (" + song.style + ")";
    return line + " :";
}

} // namespace

Priming::Priming() {
    const std::filesystem::path file = base::assetsFolder() / "captions" / "priming.json";
    try {
        const nlohmann::json data = base::parseJson(base::readTextFile(file, 1 << 20));
        for (const auto& song : data.at("songs"))
            m_examples.push_back(
                {{song.at("title"), song.at("artist"), song.at("style")}, song.at("description"), song.at("labels")});
        m_adjectives = data.at("adjectives");
        m_nouns = data.at("nouns");
        m_firstNames = data.at("first_names");
        m_lastNames = data.at("last_names");
        m_bands = data.at("bands");
    } catch (const nlohmann::json::exception& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
    const composer::Vocabulary vocabulary;
    for (const composer::Genre& genre : vocabulary.genres())
        m_genres.insert(m_genres.end(), genre.names.begin(), genre.names.end());
    for (const composer::Mood& mood : vocabulary.moods())
        m_moods.insert(m_moods.end(), mood.words.begin(), mood.words.end());
    for (const std::string& lead : vocabulary.leads())
        m_leads.push_back(vocabulary.instrument(lead).names.front());
}

void Priming::takeSongs(const std::filesystem::path& file) {
    const std::string name = base::printable(file.string());
    std::vector<Song> songs;
    std::istringstream lines(base::readTextFile(file, std::size_t{1} << 28));
    for (std::string line; std::getline(lines, line);) {
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        if (!base::isUtf8(line) || line.size() > 300)
            throw base::Failure("{}: is not a list of songs; write one per line: Title by Artist", name);
        const std::size_t by = line.rfind(" by ");
        songs.push_back(by == std::string::npos ? Song{line, {}, {}}
                                                : Song{line.substr(0, by), line.substr(by + 4), {}});
    }
    if (songs.empty()) throw base::Failure("{}: has no songs in it; write one per line: Title by Artist", name);
    m_songs = std::move(songs);
}

Song Priming::draw(base::Random& random) const {
    if (!m_songs.empty()) return random.pick(m_songs);
    Song song;
    song.title = random.chance(0.6) ? random.pick(m_adjectives) + " " + random.pick(m_nouns)
                                    : "The " + random.pick(m_nouns) + " of " + random.pick(m_nouns);
    song.artist = random.chance(0.5) ? random.pick(m_firstNames) + " " + random.pick(m_lastNames)
                                     : "The " + random.pick(m_adjectives) + " " + random.pick(m_bands);
    song.style = random.pick(m_moods) + " " + random.pick(m_genres) + ", " + random.pick(m_leads);
    return song;
}

std::vector<ChatTurn> Priming::turnsFor(const Song& song, CaptionKind kind) const {
    using Speaker = ChatTurn::Speaker;
    const bool isLong = kind == CaptionKind::Long;
    std::vector<ChatTurn> turns{{Speaker::System, isLong ? instructions : labelInstructions}};
    for (const Example& example : m_examples) {
        Song shown = example.song;
        if (song.style.empty()) shown.style.clear();
        turns.push_back({Speaker::User, lineFor(shown)});
        turns.push_back({Speaker::Model, isLong ? example.description : example.labels});
    }
    turns.push_back({Speaker::User, lineFor(song)});
    return turns;
}

} // namespace n2m::labelling
