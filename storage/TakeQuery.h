#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::storage {

/// What to look for among the takes, and in which order. A plain value.
///
/// The text of the search field: free words are looked for in prompt, negative prompt, title, notes and tags, each as
/// the beginning of a word, without regard to case and accents; words in double quotes must stand like that. Fields:
///   prompt: negative: title: notes: tag: board: key: chords: origin: bundle: file:     tag:slow, key:"A minor"
///   seed: rating: duration: bpm: rate: channels:       7, >=4, <20, 90..120
///   date:                                              2026, 2026-11, 2026-11-22, >2026-11, 2026-01..2026-06
///   is:                                                starred, rated, tagged, trashed
/// All must hold; a minus before a word or a field excludes what it finds. Trashed takes are found with is:trashed
/// only.
struct TakeQuery {
    enum class Field {
        Words,
        Prompt,
        Negative,
        Title,
        Notes, // by words
        Tag,
        Board,
        Key,
        Chords,
        Origin,
        Bundle,
        File, // by text
        Seed, // by text: its digits
        Rating,
        Duration,
        Bpm,
        Rate,
        Channels,
        Created, // by range; Created in milliseconds since 1970, UTC
        Starred,
        Rated,
        Tagged,
        Trashed // by themselves
    };
    struct Term {
        Field field = Field::Words;
        std::string text;
        bool phrase = false; ///< of words: exactly these, next to one another
        double least = -std::numeric_limits<double>::infinity();
        double most = std::numeric_limits<double>::infinity(); ///< inclusive, as `least` is
        bool excluded = false;
        std::int64_t board = 0; ///< of Board, instead of a text: this one, whatever its name is; in no search field
        bool operator==(const Term&) const = default;
    };
    /// Equal ones by their creation, in the same direction. Takes without title are sorted by their prompt.
    enum class Sort { Created, Title, Duration, Bpm, Key, Rating };

    std::vector<Term> terms;
    Sort sort = Sort::Created;
    bool descending = true;

    /// Throws std::invalid_argument with one line for the search field: an unknown field, a value it cannot take.
    static TakeQuery parse(std::string_view text);

    /// Whether other Marks of a take can change what it finds, or in which order.
    bool dependsOnMarks() const;

    bool operator==(const TakeQuery&) const = default;
};

} // namespace n2m::storage
