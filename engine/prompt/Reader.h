#pragma once

#include "engine/prompt/Understanding.h"

#include <string>
#include <string_view>
#include <vector>

namespace n2m::prompt {

/// The first half of understanding a prompt: from its words to findings. Internal to engine/prompt; one text each.
class Reader {
public:
    Reader(const Lexicon& lexicon, std::string_view text);

    /// The findings, and the words without a meaning.
    void read(Understanding& into);

private:
    struct Token { ///< a phrase of the lexicon, a figure, or a word without a meaning
        std::size_t word = 0, words = 1;
        const std::vector<Meaning>* meanings = nullptr;
        std::vector<Meaning> own; ///< of figures
        bool excluded = false;
    };
    void tokenise();
    bool takeBpm(std::size_t at);
    bool takeKey(std::size_t at);
    bool takeYear(std::size_t at);
    void markExclusions();
    void excludeFrom(std::size_t token, bool without);
    bool listGoesOn(std::size_t token) const;
    void markForeground(Understanding& into);

    const std::string& text(std::size_t token) const;
    Gap gap(std::size_t token) const { return m_words[m_tokens[token].word].gap; }
    const std::vector<Meaning>& meaningsOf(const Token& token) const;
    bool means(std::size_t token, std::string_view attribute) const;
    bool excludable(std::size_t token) const;
    bool isUnknown(const Token& token) const { return !token.meanings && token.own.empty(); }

    const Lexicon& m_lexicon;
    std::string m_text;
    std::vector<Word> m_words;
    std::vector<Token> m_tokens;
    std::vector<std::size_t> m_tokenOf; ///< of a finding
};

} // namespace n2m::prompt
