#include "engine/plan/PlanWishes.h"

#include "engine/plan/NoteNames.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <stdexcept>
#include <string>
#include <vector>

namespace n2m::plan {

namespace {

struct Word {
    std::string text;                 // without punctuation around it
    std::string small;                // in small letters
    bool first = false, last = false; // of its clause
};

std::vector<Word> wordsOf(std::string_view prompt) {
    constexpr std::string_view ends = ".,;:!?()\"";
    std::vector<Word> words;
    bool first = true;
    for (std::size_t at = 0; at < prompt.size();) {
        if (std::isspace(static_cast<unsigned char>(prompt[at]))) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < prompt.size() && !std::isspace(static_cast<unsigned char>(prompt[end])))
            ++end;
        std::string_view text = prompt.substr(at, end - at);
        at = end;
        bool last = false;
        while (!text.empty() && ends.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
            last = true;
        }
        while (!text.empty() && ends.find(text.front()) != std::string_view::npos)
            text.remove_prefix(1);
        if (!text.empty())
            words.push_back({std::string(text), lower(text), first, last});
        else if (!words.empty())
            words.back().last = true;
        first = last;
    }
    if (!words.empty()) words.back().last = true;
    return words;
}

std::optional<double> numberAtFront(std::string_view text, std::string_view& rest) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end == text.data() || !(value >= 0.0)) return std::nullopt;
    rest = text.substr(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<double> tempoAt(const std::vector<Word>& words, std::size_t n) {
    std::string_view rest;
    const auto value = numberAtFront(words[n].small, rest);
    if (!value || *value < 20.0 || *value > 400.0) return std::nullopt;
    const auto next = [&](std::size_t k) { return n + k < words.size() ? words[n + k].small : std::string(); };
    const bool attached = rest == "bpm" || rest == "-bpm";
    const bool apart =
        rest.empty() &&
        (next(1) == "bpm" || (next(1) == "beats" && (next(2) == "per" || next(2) == "a") && next(3) == "minute"));
    return attached || apart ? value : std::nullopt;
}

std::optional<Key> keyAt(const std::vector<Word>& words, std::size_t n) {
    std::string name = words[n].text;
    std::size_t mode = n + 1;
    const auto small = [&](std::size_t k) { return k < words.size() ? words[k].small : std::string(); };
    if (const auto dash = name.find('-'); dash == 1) { // "B-flat"
        const std::string sign = lower(name.substr(2));
        if (sign != "flat" && sign != "sharp") return std::nullopt;
        name = name.substr(0, 1) + (sign == "flat" ? "b" : "#");
    } else if (small(mode) == "flat" || small(mode) == "sharp") {
        name += small(mode) == "flat" ? "b" : "#";
        ++mode;
    }
    if (small(mode) != "minor" && small(mode) != "major") return std::nullopt;
    if (name.size() > 8) return std::nullopt;
    if (lower(name) == "a") {
        // The letter, or the article? "in a minor key", "A minor-key ballad" and "a major hit" are articles.
        const bool told = n >= 2 && words[n - 1].small == "of" && words[n - 2].small == "key";
        const bool letter = words[mode].last || (name == "A" && !words[n].first);
        if (!told && !letter) return std::nullopt;
    }
    try {
        return parseKey(name + ' ' + small(mode));
    } catch (const std::invalid_argument&) {
        return std::nullopt;
    }
}

std::optional<int> metreAt(const std::vector<Word>& words, std::size_t n) {
    const std::string& word = words[n].small;
    if (word == "3/4" || word == "three-four") return 3;
    if (word == "4/4" || word == "four-four") return 4;
    return std::nullopt;
}

} // namespace

PlanWishes wishesIn(std::string_view prompt) {
    const std::vector<Word> words = wordsOf(prompt);
    PlanWishes wishes;
    for (std::size_t n = 0; n < words.size(); ++n) {
        if (!wishes.bpm) wishes.bpm = tempoAt(words, n);
        if (!wishes.key) wishes.key = keyAt(words, n);
        if (!wishes.beatsPerBar) wishes.beatsPerBar = metreAt(words, n);
    }
    return wishes;
}

} // namespace n2m::plan
