#include "tests/storage/ManyTakes.h"

#include "storage/Connection.h"
#include "storage/SoundFacts.h"
#include "storage/TakeRows.h"
#include "tests/storage/LibraryFolder.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

namespace n2m::test {

using namespace storage;

namespace {

/// Prompts of eight to twelve words; a few words are frequent and most are rare, as in language.
std::string prompt(std::mt19937& random) {
    static const std::vector<std::string> words = [] {
        std::vector<std::string> list = {"slow",  "piano", "a",      "with", "drums", "jazz", "bright",  "guitar",
                                         "minor", "soft",  "ballad", "bass", "rock",  "dark", "strings", "waltz"};
        std::mt19937 letters(1);
        while (list.size() < 4000) {
            std::string word;
            for (std::size_t i = 0; i < 4 + letters() % 6; ++i)
                word += static_cast<char>('a' + letters() % 26);
            list.push_back(word);
        }
        return list;
    }();
    std::string text;
    for (std::size_t i = 0; i < 8 + random() % 5; ++i) {
        const double u = std::uniform_real_distribution<>()(random);
        text += (i ? " " : "") + words[static_cast<std::size_t>(std::pow(static_cast<double>(words.size()), u)) - 1];
    }
    return text;
}

} // namespace

void fillWithTakes(const std::filesystem::path& folder, int count) {
    std::mt19937 random(1);
    Connection connection(folder);
    connection.write([&](SQLite::Database& database) {
        for (int i = 0; i < count; ++i) {
            Take take = facts(prompt(random), random());
            take.file = fmt::format("clips/2026-{:02}/clip-{}.flac", 1 + i % 12, i);
            take.created = 1790000000000 + std::int64_t{i} * 60000;
            take.seconds = 5.0 + static_cast<double>(random() % 250) / 10.0;
            take.sampleRate = 24000;
            take.channels = 1;
            take.bpm = 60.0 + static_cast<double>(random() % 1200) / 10.0;
            take.key = random() % 2 ? "A minor" : "C major";
            take.chords = random() % 3 ? "Am F C G" : "C G Am F";
            take.rating = static_cast<int>(random() % 6);
            take.starred = random() % 10 == 0;
            take.recipe.resize(4000, ' '); // the size of a plan of thirty seconds
            if (random() % 5 == 0) take.tags = {random() % 2 ? "night" : "film"};
            if (random() % 20 == 0) take.trashed = take.created;
            insertTake(database, take, {});
        }
    });
}

} // namespace n2m::test
