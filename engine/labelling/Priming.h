#pragma once

#include "engine/base/Random.h"
#include "engine/labelling/CaptionCleaning.h"
#include "engine/labelling/ChatServer.h"

#include <filesystem>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A song that a caption is asked for. A plain value.
struct Song {
    std::string title, artist;
    std::string style; ///< a hint for songs that nobody knows: "sad folk, fiddle"; may be empty
};

/// The descriptions that prime a language model, and the songs that it is then asked about (Noise2Music, §4.2:
/// a dozen song descriptions, then "{title} by {artist} :"). The songs are the user's, or invented: those get a style
/// of the composer's vocabulary as a hint, as no model knows them. Immutable after loading.
class Priming {
public:
    /// From assets/captions/priming.json and the composer's vocabulary. Throws base::Failure.
    Priming();

    /// Songs of a text file, a line each: "Title by Artist"; the last " by " counts. Throws base::Failure for a file
    /// that cannot be read or has no songs.
    void takeSongs(const std::filesystem::path& file);

    /// The song that a state of `random` asks about.
    Song draw(base::Random& random) const;

    /// The conversation whose next turn is the description of `song`.
    std::vector<ChatTurn> turnsFor(const Song& song, CaptionKind kind) const;

    std::size_t descriptions() const { return m_examples.size(); }

private:
    struct Example {
        Song song;
        std::string description, labels;
    };
    std::vector<Example> m_examples;
    std::vector<std::string> m_adjectives, m_nouns, m_firstNames, m_lastNames, m_bands;
    std::vector<std::string> m_genres, m_moods, m_leads;
    std::vector<Song> m_songs; ///< the user's
};

} // namespace n2m::labelling
