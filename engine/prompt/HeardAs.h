#pragma once

#include "engine/prompt/Understanding.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace n2m::prompt {

/// A statement that was understood, in few words, for a label.
struct Chip {
    std::string attribute;          ///< as in Finding
    std::string text;               ///< "slow", "jazz", "no drums", "3 beats a bar"
    bool hint = false;              ///< only suggested
    bool excluded = false;          ///< not wanted, or (attribute "unable") not possible
    std::size_t begin = 0, end = 0; ///< bytes of the prompt; empty for the negative prompt
};

/// A chip for each thing that was understood, in the order of the prompt; what is excluded comes last.
std::vector<Chip> chipsOf(const Understanding& heard, std::string_view prompt);

/// The chips in one line: "slow, waltz, 3 beats a bar, accordion; no drums". Empty where nothing was understood.
std::string heardAs(const Understanding& heard, std::string_view prompt);

/// The words that the model does not know.
std::vector<std::string> unknownWords(const Understanding& heard, std::string_view prompt);

/// {"as": the line, "unknown": […], "impossible": […], and by attribute "genre", "instrument", … [values]}
nlohmann::ordered_json toJson(const Understanding& heard, std::string_view prompt);

} // namespace n2m::prompt
