#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::prompt {

/// The separator in front of a word, from the weakest to the strongest.
enum class Gap { Hyphen, Blank, Comma, Stop };

/// A word of a prompt in small letters without accents ("Café" is "cafe"). A plain value.
struct Word {
    std::string text;
    std::size_t begin = 0, end = 0; ///< bytes of the prompt
    Gap gap = Gap::Stop;
    bool operator==(const Word&) const = default;
};

/// The words of a text: blanks, hyphens and punctuation separate them; "r&b", "drum'n'bass", "6/8", "w/o" and "F#" are
/// one. Accepts any bytes and never throws. Any thread.
std::vector<Word> wordsOf(std::string_view text);

} // namespace n2m::prompt
