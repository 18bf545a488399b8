#include "engine/embedding/HashedWords.h"

#include <algorithm>

namespace n2m::embedding {

namespace {

constexpr std::size_t shortestGroup = 3, longestGroup = 5, longestWord = 40;

// FNV-1a (Fowler, Noll, Vo) with a seed.
std::uint64_t hashOf(std::string_view text, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash ^ (hash >> 29);
}

// The letters from U+00C0 to U+00FF without their accents; '?' for the two signs among them.
constexpr std::string_view latinLetters = "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuyty";

// Lower case, and Latin letters without accents; other bytes beyond ASCII stay.
std::string folded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t n = 0; n < text.size(); ++n) {
        const auto byte = static_cast<unsigned char>(text[n]);
        if (byte == 0xC3 && n + 1 < text.size() && (static_cast<unsigned char>(text[n + 1]) & 0xC0) == 0x80) {
            const char letter = latinLetters[static_cast<unsigned char>(text[++n]) & 0x3F];
            result += letter == '?' ? ' ' : letter;
        } else if (byte == 0xE2 && n + 2 < text.size() && static_cast<unsigned char>(text[n + 1]) == 0x80) {
            result += ' '; // typographic dashes and quotes
            n += 2;
        } else {
            result += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : text[n];
        }
    }
    return result;
}

bool isLetter(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

HashedWord hashedWord(const std::string& word, int buckets) {
    const auto rowOf = [&](std::string_view part, std::uint64_t seed) {
        return static_cast<std::int64_t>(hashOf(part, seed) % static_cast<std::uint64_t>(buckets));
    };
    HashedWord result;
    // Two places for the word: where one is shared with another word, the other tells them apart.
    for (const std::uint64_t seed : {1u, 2u}) {
        result.rows.push_back(rowOf(word, seed));
        result.weights.push_back(0.5f);
    }
    const std::string marked = "<" + word + ">";
    for (std::size_t length = shortestGroup; length <= longestGroup; ++length) {
        for (std::size_t from = 0; from + length <= marked.size(); ++from)
            result.rows.push_back(rowOf(std::string_view(marked).substr(from, length), 2 + length));
    }
    const std::size_t groups = result.rows.size() - 2;
    result.weights.resize(result.rows.size(), groups > 0 ? 1.0f / static_cast<float>(groups) : 0.0f);
    return result;
}

} // namespace

std::vector<std::string> wordsOf(std::string_view text) {
    const std::string letters = folded(text);
    std::vector<std::string> words;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) words.push_back(word.substr(0, longestWord));
        word.clear();
    };
    for (std::size_t n = 0; n < letters.size(); ++n) {
        const char c = letters[n];
        const bool follows = n + 1 < letters.size() && isLetter(letters[n + 1]);
        if (isLetter(c) || (!word.empty() && ((c == '&' && follows) || c == '#'))) {
            word += c;
        } else if (c != '\'') { // "don't" is one word
            finish();
        }
    }
    finish();
    return words;
}

std::vector<HashedWord> hashedWords(std::string_view text, int buckets, int maximumWords) {
    std::vector<std::string> words = wordsOf(text);
    words.resize(std::min(words.size(), static_cast<std::size_t>(maximumWords)));
    std::vector<HashedWord> result;
    result.reserve(words.size());
    for (const std::string& word : words)
        result.push_back(hashedWord(word, buckets));
    return result;
}

} // namespace n2m::embedding
