#pragma once

#include "engine/plan/Plan.h"
#include "engine/prompt/Lexicon.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::prompt {

/// A statement that was found in a prompt.
struct Finding {
    std::string attribute;           ///< as in Meaning; also "bpm" and "key"
    std::vector<std::string> values; ///< one of these
    bool hint = false;               ///< a plain statement overrules it
    bool excluded = false;           ///< the prompt says that it is not wanted
    std::size_t begin = 0, end = 0;  ///< bytes of the prompt
    int foreground = 0;              ///< of an instrument: positive if it has the melody, negative if it accompanies
};

/// Everything that a prompt says about a piece, as far as the model can follow it. A plain value.
struct Understanding {
    std::vector<Finding> findings; ///< in the order of the text; those of the negative prompt, all excluded, follow
    struct Span {
        std::size_t begin = 0, end = 0; ///< bytes of the prompt
        bool operator==(const Span&) const = default;
    };
    std::vector<Span> unknown; ///< words that mean nothing to the model

    std::optional<double> bpm;
    std::optional<plan::Key> key;
    std::optional<int> beatsPerBar;
    std::optional<bool> minor; ///< the mode, where it is said without a tonic

    /// An instrument that is to be heard, as alternatives. `lead`: it has the melody.
    struct Wanted {
        std::vector<std::string> oneOf;
        bool lead = false;
    };
    std::vector<Wanted> instruments;
    bool only = false; ///< those instruments, the drums and the bass that are named, and no others
    bool solo = false; ///< a single player

    std::optional<bool> drums, bass; ///< asked for or excluded
    bool melody = true, accompaniment = true;
    std::set<std::string> excludedInstruments;

    /// Whether nothing that the model knows was found.
    bool nothing() const;
    /// The values that are wanted for an attribute: the plain statements, or the hints.
    std::vector<std::string> wanted(std::string_view attribute, bool hints = false) const;
    std::set<std::string> unwanted(std::string_view attribute) const;
};

/// Reads a prompt and a negative prompt. What the negative prompt names is excluded. Accepts any bytes and never
/// throws. Any thread.
Understanding understand(const Lexicon& lexicon, std::string_view prompt, std::string_view negativePrompt = {});

} // namespace n2m::prompt
