#include "engine/prompt/Lexicon.h"

#include "engine/base/Assets.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <fstream>
#include <tuple>

namespace n2m::prompt {

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t at = text.find(separator);
        parts.push_back(trimmed(text.substr(0, at)));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

Meaning meaningFrom(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos || blank == 0)
        throw base::Failure("the meaning \"{}\" has no value", std::string(text));
    Meaning meaning;
    meaning.attribute = text.substr(0, blank);
    std::string_view values = trimmed(text.substr(blank));
    meaning.hint = values.starts_with('~');
    if (meaning.hint) values.remove_prefix(1);
    for (const std::string_view value : split(values, '/'))
        meaning.values.emplace_back(value);
    return meaning;
}

std::string joined(const std::vector<Word>& words, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t n = from; n < to; ++n)
        text += (n > from ? " " : "") + words[n].text;
    return text;
}

} // namespace

Lexicon::Lexicon()
    : Lexicon(base::assetsFolder() / "prompt" / "lexicon.txt") {}

Lexicon::Lexicon(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw base::Failure("{}: cannot be opened", base::printable(file.string()));
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        try {
            addLine(trimmed(line));
        } catch (const base::Failure& error) {
            throw base::Failure(
                base::within(base::printable(file.string()) + ", line " + std::to_string(number), error));
        }
    }
}

void Lexicon::addLine(std::string_view line) {
    if (line.empty() || line.front() == '#' || line.front() == '[') return;
    const std::size_t sign = line.rfind(" = ");
    if (sign == std::string_view::npos) throw base::Failure("an equals sign between blanks is missing");
    std::vector<Meaning> meanings;
    for (const std::string_view part : split(line.substr(sign + 3), ';'))
        meanings.push_back(meaningFrom(part));
    for (const std::string_view phrase : split(line.substr(0, sign), ',')) {
        const std::vector<Word> words = wordsOf(phrase);
        if (words.empty() && phrase != "+") throw base::Failure("a phrase is empty");
        m_longest = std::max(m_longest, words.size());
        std::vector<Meaning>& known = m_phrases[joined(words, 0, words.size())];
        for (const Meaning& meaning : meanings) {
            // A later line may only add to an earlier one: the first statement about an attribute counts.
            const auto same = std::find_if(known.begin(), known.end(), [&](const Meaning& each) {
                return each.attribute == meaning.attribute && !(each.hint && !meaning.hint);
            });
            if (same == known.end()) known.push_back(meaning);
        }
    }
}

const std::vector<Meaning>* Lexicon::find(const std::string& phrase) const {
    const auto exact = m_phrases.find(phrase);
    if (exact != m_phrases.end()) return &exact->second;
    for (const std::string_view plural : {"s", "es"}) {
        if (!phrase.ends_with(plural) || phrase.size() < plural.size() + 3) continue;
        const auto singular = m_phrases.find(phrase.substr(0, phrase.size() - plural.size()));
        if (singular != m_phrases.end()) return &singular->second;
    }
    return nullptr;
}

Lexicon::Match Lexicon::longestAt(const std::vector<Word>& words, std::size_t at) const {
    std::size_t most = 1;
    while (most < m_longest && at + most < words.size() && words[at + most].gap < Gap::Comma)
        ++most;
    for (std::size_t count = most; count > 0; --count) {
        if (const auto* meanings = find(joined(words, at, at + count))) return {meanings, count};
    }
    return {};
}

std::vector<std::string> Lexicon::completions(std::string_view typed, std::size_t count) const {
    const std::vector<Word> words = wordsOf(typed);
    const std::string begin = joined(words, 0, words.size());
    std::vector<std::string> found;
    if (begin.empty()) return found;
    for (auto entry = m_phrases.lower_bound(begin); entry != m_phrases.end() && entry->first.starts_with(begin);
         ++entry) {
        if (entry->first != begin && entry->second.front().attribute != "word") found.push_back(entry->first);
    }
    const auto rank = [this](const std::string& phrase) {
        const Meaning& meaning = m_phrases.at(phrase).front();
        const bool music = meaning.attribute == "genre" || meaning.attribute == "instrument";
        const bool name = !meaning.values.empty() && meaning.values.front() == phrase;
        return std::tuple(meaning.hint, !(music && name), !music, phrase.size());
    };
    std::stable_sort(found.begin(), found.end(),
                     [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
    if (found.size() > count) found.resize(count);
    return found;
}

} // namespace n2m::prompt
