#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::embedding {

/// A word as rows of a table of fixed size: the word itself, under two hash functions, and its groups of three to five
/// letters. So every word has a place, one with a typing error lands near the right one, and related words share
/// groups (after Bojanowski et al., 2017). The vector of the word is the sum of the rows times their weights.
struct HashedWord {
    std::vector<std::int64_t> rows; ///< each below the number of buckets
    std::vector<float> weights;     ///< as many
};

/// The words of a text: lower case, without accents and punctuation, split at hyphens; "r&b" and "f#" stay whole.
/// Any bytes are taken; those that are not UTF-8 count as letters. Any thread.
std::vector<std::string> wordsOf(std::string_view text);

/// The first `maximumWords` words of a text as rows of a table of `buckets`. A text without words gives none.
std::vector<HashedWord> hashedWords(std::string_view text, int buckets, int maximumWords);

} // namespace n2m::embedding
