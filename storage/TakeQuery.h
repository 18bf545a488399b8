#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::storage {

/// A search among the takes, with its order. A plain value.
///
/// The text of the search field: free words match prompt, negative prompt, title, notes and tags, each as the beginning
/// of a word, without regard to case and accents; words in double quotes match exactly. Fields:
///   prompt: negative: title: notes: tag: board: key: chords: origin: bundle: file:     tag:slow, key:"A minor"
///   seed: rating: duration: bpm: rate: channels:       7, >=4, <20, 90..120
///   date:                                              2026, 2026-11, 2026-11-22, >2026-11, 2026-01..2026-06
///   is:                                                starred, rated, tagged, trashed
/// All must match; a minus before a word or a field excludes its matches. Only is:trashed finds trashed takes.
struct TakeQuery {
    enum class Field {
        Words,
        Prompt,
        Negative,
        Title,
        Notes, // matched by words
        Tag,
        Board,
        Key,
        Chords,
        Origin,
        Bundle,
        File, // matched by text
        Seed, // matched by the text of its digits
        Rating,
        Duration,
        Bpm,
        Rate,
        Channels,
        Created, // matched by range; Created in milliseconds since 1970, UTC
        Starred,
        Rated,
        Tagged,
        Trashed // without a value
    };
    struct Term {
        Field field = Field::Words;
        std::string text;
        bool phrase = false; ///< words must match exactly and next to one another
        double least = -std::numeric_limits<double>::infinity();
        double most = std::numeric_limits<double>::infinity(); ///< inclusive, as `least` is
        bool excluded = false;
        std::int64_t board = 0; ///< for Field::Board, instead of a text: the id of a board; cannot be typed
        bool operator==(const Term&) const = default;
    };
    /// Ties are sorted by creation, in the same direction. Takes without title are sorted by their prompt.
    enum class Sort { Created, Title, Duration, Bpm, Key, Rating };

    std::vector<Term> terms;
    Sort sort = Sort::Created;
    bool descending = true;

    /// Throws std::invalid_argument with one line for the search field: an unknown field or a value of the wrong form.
    static TakeQuery parse(std::string_view text);

    /// Whether a change of the Marks of a take can change the result or its order.
    bool dependsOnMarks() const;

    bool operator==(const TakeQuery&) const = default;
};

} // namespace n2m::storage
