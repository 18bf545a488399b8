#pragma once

#include "engine/prompt/Words.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::prompt {

/// A meaning of a phrase: an attribute and its possible values, between which the rest of the prompt decides.
struct Meaning {
    std::string attribute; ///< "genre", "instrument", "role", "mood", "era", "tempo", "metre", …
    std::vector<std::string> values;
    bool hint = false; ///< a plain statement overrules it
    bool operator==(const Meaning&) const = default;
};

/// The phrases that prompts are understood by, read from assets/prompt/lexicon.txt, which describes itself. Immutable
/// after loading: any number of threads.
class Lexicon {
public:
    /// Throws base::Failure, one line that names the file, the line and the reason.
    explicit Lexicon(const std::filesystem::path& file);
    /// From assetsFolder() / "prompt" / "lexicon.txt".
    Lexicon();

    struct Match {
        const std::vector<Meaning>* meanings = nullptr; ///< null = no phrase begins here
        std::size_t words = 0;                          ///< its length
    };
    /// The longest phrase that begins with word `at`. A plural counts as its singular; no phrase goes beyond a comma.
    Match longestAt(const std::vector<Word>& words, std::size_t at) const;

    /// Every phrase in plain words, sorted, with its meanings.
    const std::map<std::string, std::vector<Meaning>>& phrases() const { return m_phrases; }
    /// At most `count` phrases that complete what is typed: names of genres and instruments first, then the shortest;
    /// grammar words are left out.
    std::vector<std::string> completions(std::string_view typed, std::size_t count) const;

private:
    const std::vector<Meaning>* find(const std::string& phrase) const;
    void addLine(std::string_view line);
    std::map<std::string, std::vector<Meaning>> m_phrases;
    std::size_t m_longest = 1; ///< words
};

} // namespace n2m::prompt
