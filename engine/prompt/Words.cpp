#include "engine/prompt/Words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace n2m::prompt {

namespace {

// Letters and signs outside ASCII that prompts use, and what they are read as.
constexpr std::array<std::pair<std::string_view, std::string_view>, 47> plainForms{{
    {"à", "a"}, {"á", "a"}, {"â", "a"}, {"ã", "a"}, {"ä", "a"},  {"å", "a"}, {"ç", "c"}, {"è", "e"},
    {"é", "e"}, {"ê", "e"}, {"ë", "e"}, {"ì", "i"}, {"í", "i"},  {"î", "i"}, {"ï", "i"}, {"ñ", "n"},
    {"ò", "o"}, {"ó", "o"}, {"ô", "o"}, {"õ", "o"}, {"ö", "o"},  {"ø", "o"}, {"ù", "u"}, {"ú", "u"},
    {"û", "u"}, {"ü", "u"}, {"À", "a"}, {"Á", "a"}, {"Â", "a"},  {"Ä", "a"}, {"Ç", "c"}, {"É", "e"},
    {"È", "e"}, {"Ñ", "n"}, {"Ö", "o"}, {"Ü", "u"}, {"ß", "ss"}, {"♯", "#"}, {"♭", "b"}, {"’", "'"},
    {"‘", "'"}, {"–", ","}, {"—", ","}, {"‑", "-"}, {"“", " "},  {"”", " "}, {"…", "."},
}};

bool isLetter(char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || (static_cast<unsigned char>(c) & 0x80) != 0;
}
bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

// The text in plain small letters, and for each of its bytes the place of its origin.
struct Folded {
    std::string text;
    std::vector<std::size_t> from;
};

Folded folded(std::string_view text) {
    Folded result;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        std::string_view plain;
        if (static_cast<unsigned char>(text[at]) & 0x80) {
            for (const auto& [letter, form] : plainForms) {
                if (!text.substr(at).starts_with(letter)) continue;
                plain = form;
                length = letter.size();
            }
        }
        if (plain.empty()) {
            result.text += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at])));
            result.from.push_back(at);
        }
        for (const char c : plain) {
            result.text += c;
            result.from.push_back(at);
        }
        at += length;
    }
    result.from.push_back(text.size());
    return result;
}

// Whether the sign at `at` is part of the word around it.
bool joins(const std::string& text, std::size_t at) {
    const char before = at > 0 ? text[at - 1] : ' ', after = at + 1 < text.size() ? text[at + 1] : ' ';
    switch (text[at]) {
    case '\'':
        return (isLetter(before) || isDigit(before)) && isLetter(after);
    case '&':
        return (isLetter(before) && isLetter(after)) || (before == ' ' && after == ' ');
    case '/':
        return (isDigit(before) && isDigit(after)) || (before == 'w' && after == 'o');
    case '.':
        return isDigit(before) && isDigit(after);
    case '#':
        return isLetter(before);
    default:
        return false;
    }
}

Gap gapOf(char c) {
    if (c == '-' || c == '\'') return Gap::Hyphen;
    if (c == ',' || c == '(' || c == ')' || c == ':' || c == '"') return Gap::Comma;
    if (c == '.' || c == ';' || c == '!' || c == '?' || c == '\n') return Gap::Stop;
    return Gap::Blank;
}

} // namespace

std::vector<Word> wordsOf(std::string_view prompt) {
    const Folded plain = folded(prompt);
    const std::string& text = plain.text;
    std::vector<Word> words;
    Gap gap = Gap::Stop;
    for (std::size_t at = 0; at < text.size();) {
        const auto inside = [&](std::size_t n) {
            return n < text.size() && (isLetter(text[n]) || isDigit(text[n]) || joins(text, n));
        };
        if (!inside(at)) {
            gap = std::max(gap, gapOf(text[at]));
            ++at;
            continue;
        }
        std::size_t end = at;
        while (inside(end))
            ++end;
        std::string word = text.substr(at, end - at);
        if (word.ends_with("'s") && word.size() > 3) word.resize(word.size() - 2); // "80's" becomes "80"
        if (word.size() < end - at && isDigit(word.front())) word += 's';
        words.push_back({std::move(word), plain.from[at], plain.from[end], gap});
        gap = Gap::Hyphen;
        at = end;
    }
    return words;
}

} // namespace n2m::prompt
