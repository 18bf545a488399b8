#pragma once

#include "engine/plan/Plan.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace n2m::plan {

/// The text side of keys, chords and degrees. Internal to engine/plan.

constexpr std::string_view noteLetters = "CDEFGAB";
constexpr std::array<int, 7> majorScale{0, 2, 4, 5, 7, 9, 11}; ///< semitones; also of the letters, from C
constexpr std::size_t longestSymbol = 32;                      ///< bytes

struct NoteName {
    PitchClass pitchClass = 0;
    std::string name;
};

/// Takes a letter and its sharps or flats off the front of `rest`.
std::optional<NoteName> takeNote(std::string_view& rest);

/// The user's text inside a message: in quotation marks, one line, not endless.
std::string quoted(std::string_view text);
/// With "#" and "b" in place of "♯" and "♭".
std::string withAsciiAccidentals(std::string_view text);
std::string_view trimmed(std::string_view text);
std::string lower(std::string_view text);

} // namespace n2m::plan
