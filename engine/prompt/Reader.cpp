#include "engine/prompt/Reader.h"

#include "engine/plan/Harmony.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <initializer_list>
#include <optional>
#include <stdexcept>

namespace n2m::prompt {

namespace {

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

std::optional<double> numberIn(std::string_view word, std::string_view& rest) {
    double value = 0.0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || value < 20.0 || value > 400.0) return std::nullopt;
    rest = word.substr(static_cast<std::size_t>(end - word.data()));
    return value;
}

// "as" = A flat, "h" = B, "fis" = F sharp, as German musicians write, in a form that plan::parseKey reads.
std::string fromGerman(std::string note) {
    if (note == "b") return "Bb";
    if (note == "h") return "B";
    if (note == "his") return "B#";
    if (note == "es" || note == "as") return std::string(1, static_cast<char>(std::toupper(note[0]))) + "b";
    if (note.empty() || note[0] < 'a' || note[0] > 'g') return "";
    const std::string ending = note.substr(1);
    if (!ending.empty() && ending != "is" && ending != "es") return "";
    return std::string(1, static_cast<char>(std::toupper(note[0]))) + (ending == "is"   ? "#"
                                                                       : ending == "es" ? "b"
                                                                                        : "");
}

// Words that exclude what follows them.
bool excludes(std::string_view word) {
    return isOneOf(word, {"no",      "without", "not",   "minus", "except",  "excluding", "exclude", "excludes",
                          "lacking", "lacks",   "avoid", "never", "sans",    "non",       "isn't",   "aren't",
                          "don't",   "doesn't", "w/o",   "nor",   "neither", "skip",      "omit",    "absent",
                          "hasn't",  "ohne",    "kein",  "keine", "remove",  "zero"});
}

// Words inside an exclusion that do not end it.
bool isPassed(std::string_view word) {
    return isOneOf(word, {"any",   "the",     "a",        "an",      "or",      "nor",     "and",          "too",
                          "very",  "so",      "of",       "use",     "used",    "using",   "have",         "has",
                          "want",  "include", "includes", "much",    "really",  "sound",   "overly",       "either",
                          "all",   "that",    "kind",     "be",      "at",      "no",      "more",         "many",
                          "other", "sort",    "with",     "feature", "contain", "it",      "particularly", "especially",
                          "heavy", "loud",    "extra",    "like",    "play",    "playing", "any of",       "&",
                          "live",  "as"});
}

} // namespace

Reader::Reader(const Lexicon& lexicon, std::string_view text)
    : m_lexicon(lexicon)
    , m_text(text)
    , m_words(wordsOf(text)) {}

const std::string& Reader::text(std::size_t token) const {
    return m_words[m_tokens[token].word].text;
}

const std::vector<Meaning>& Reader::meaningsOf(const Token& token) const {
    return token.meanings ? *token.meanings : token.own;
}

bool Reader::means(std::size_t token, std::string_view attribute) const {
    const auto& meanings = meaningsOf(m_tokens[token]);
    return std::any_of(meanings.begin(), meanings.end(), [&](const Meaning& m) { return m.attribute == attribute; });
}

bool Reader::excludable(std::size_t token) const {
    return means(token, "instrument") || means(token, "role");
}

bool Reader::takeBpm(std::size_t at) {
    const auto word = [&](std::size_t n) { return n < m_words.size() ? m_words[n].text : std::string(); };
    std::string_view rest;
    const std::string first = word(at);
    const auto take = [&](double bpm, std::size_t words) {
        m_tokens.push_back({at, words, nullptr, {{"bpm", {std::to_string(bpm)}, false}}});
        return true;
    };
    if (const auto value = numberIn(first, rest)) {
        if (rest == "bpm") return take(*value, 1);
        if (!rest.empty()) return false;
        std::string_view beyond;
        if (const auto upper = numberIn(word(at + 1), beyond);
            upper && at + 1 < m_words.size() && m_words[at + 1].gap == Gap::Hyphen) { // "100-110 bpm"
            if (beyond == "bpm") return take((*value + *upper) / 2.0, 2);
            if (beyond.empty() && word(at + 2) == "bpm") return take((*value + *upper) / 2.0, 3);
        }
        if (word(at + 1) == "bpm") return take(*value, 2);
        if (word(at + 1) == "beats" && (word(at + 2) == "per" || word(at + 2) == "a") && word(at + 3) == "minute")
            return take(*value, 4);
        return false;
    }
    if (first != "bpm" && first != "tempo") return false;
    const std::size_t skip = isOneOf(word(at + 1), {"of", "is", "around", "about", "at"}) ? 1 : 0;
    if (const auto value = numberIn(word(at + 1 + skip), rest); value && rest.empty() && word(at + 2 + skip) != "bpm")
        return take(*value, 2 + skip);
    return false;
}

bool Reader::takeKey(std::size_t at) {
    const auto word = [&](std::size_t n) { return n < m_words.size() ? m_words[n].text : std::string(); };
    const auto take = [&](const std::string& key, std::size_t words) {
        try {
            m_tokens.push_back({at, words, nullptr, {{"key", {plan::toString(plan::parseKey(key))}, false}}});
            return true;
        } catch (const std::invalid_argument&) {
            return false;
        }
    };
    const std::string first = word(at);
    if (isOneOf(word(at + 1), {"moll", "dur"})) {
        const std::string note = fromGerman(first);
        return !note.empty() && take(note + (word(at + 1) == "moll" ? " minor" : " major"), 2);
    }
    if (first.empty() || first[0] < 'a' || first[0] > 'g') return false;
    const bool accidental = first.size() == 2 && (first[1] == '#' || first[1] == 'b');
    if (first.size() == 1 || accidental) {
        std::size_t words = 1;
        std::string note(1, static_cast<char>(std::toupper(first[0])));
        if (accidental) note += first[1];
        if (!accidental && isOneOf(word(at + 1), {"flat", "sharp"})) {
            note += word(at + 1) == "flat" ? 'b' : '#';
            ++words;
        }
        const std::string mode = word(at + words);
        const bool told = at >= 2 && word(at - 1) == "of" && word(at - 2) == "key";
        if (isOneOf(mode, {"minor", "major", "min", "maj"})) {
            // The letter, or the article? "in a minor key" and "a major hit" are articles.
            const bool last = at + words + 1 >= m_words.size() || m_words[at + words + 1].gap >= Gap::Comma;
            const bool capital = m_text[m_words[at].begin] == 'A' && m_words[at].gap < Gap::Comma;
            if (note == "A" && words == 1 && !told && !last && !capital) return false;
            return take(note + (mode.starts_with("min") ? " minor" : " major"), words + 1);
        }
        return told && take(note + " major", words);
    }
    // "in Am", "in F#m"
    const bool minor =
        first.back() == 'm' && (first.size() == 2 || (first.size() == 3 && isOneOf(first.substr(1, 1), {"#", "b"})));
    const bool after = at > 0 && (word(at - 1) == "in" || (word(at - 1) == "of" && at > 1 && word(at - 2) == "key"));
    if (!minor || !after || m_text[m_words[at].begin] < 'A' || m_text[m_words[at].begin] > 'G') return false;
    std::string note = first.substr(0, first.size() - 1);
    note[0] = static_cast<char>(std::toupper(note[0]));
    return take(note + " minor", 1);
}

// "1985": the decade whose sound the corpus has.
bool Reader::takeYear(std::size_t at) {
    const std::string& word = m_words[at].text;
    const bool digits = word.size() == 4 && std::all_of(word.begin(), word.end(), [](char c) {
                            return std::isdigit(static_cast<unsigned char>(c));
                        });
    if (!digits || word < "1900" || word > "2049") return false;
    const char* era = word < "1945"   ? "1930s"
                      : word < "1970" ? "1960s"
                      : word < "1980" ? "1970s"
                      : word < "1990" ? "1980s"
                      : word < "2000" ? "1990s"
                                      : "modern";
    m_tokens.push_back({at, 1, nullptr, {{"era", {era}, false}}});
    return true;
}

void Reader::tokenise() {
    for (std::size_t at = 0; at < m_words.size();) {
        if (!takeBpm(at) && !takeKey(at) && !takeYear(at)) {
            const Lexicon::Match match = m_lexicon.longestAt(m_words, at);
            m_tokens.push_back({at, std::max<std::size_t>(1, match.words), match.meanings, {}});
        }
        at += m_tokens.back().words;
    }
}

// A list after a comma still belongs to an exclusion if "or" joins it: "without drums, bass or guitar"; with "without",
// also if "and" does.
bool Reader::listGoesOn(std::size_t token) const {
    for (std::size_t n = token; n < m_tokens.size() && gap(n) != Gap::Stop; ++n) {
        if (isOneOf(text(n), {"or", "nor"})) return n + 1 < m_tokens.size() && excludable(n + 1);
        if (text(n) == "and") return false;
        if (!excludable(n) && !isPassed(text(n))) return false;
    }
    return false;
}

void Reader::excludeFrom(std::size_t token, bool without) {
    bool any = false;
    for (std::size_t n = token; n < m_tokens.size(); ++n) {
        if (n > token && gap(n) == Gap::Stop) return;
        if (n > token && gap(n) == Gap::Comma && any) {
            const bool joined = isOneOf(text(n), {"or", "nor"}) || listGoesOn(n);
            bool list = false; // "without drums, bass and guitar", and nothing behind it
            if (without && !joined) {
                std::size_t k = n;
                while (k < m_tokens.size() && gap(k) != Gap::Stop && (excludable(k) || isPassed(text(k)))) {
                    list = list || text(k) == "and";
                    ++k;
                }
                list = list && (k == m_tokens.size() || gap(k) == Gap::Stop);
            }
            if (!joined && !list) return;
        }
        if (isPassed(text(n)) && !excludable(n)) continue;
        if (excludes(text(n)) && !excludable(n)) continue;
        // "not only", "not just" exclude nothing.
        if (means(n, "players") && n == token) {
            m_tokens[n].excluded = true;
            return;
        }
        if (means(n, "word") || isUnknown(m_tokens[n])) {
            if (any || isUnknown(m_tokens[n])) return;
            // "without distracting drums": a word in front of the first may describe it.
            if (n + 1 < m_tokens.size() && excludable(n + 1) &&
                !isOneOf(text(n), {"but", "just", "in", "for", "featuring"}))
                continue;
            return;
        }
        if (any && !excludable(n) && !isOneOf(text(n - 1), {"or", "nor"})) return;
        if (any && isOneOf(text(n - 1), {"and"}) && !excludable(n)) return;
        m_tokens[n].excluded = true;
        any = true;
    }
}

void Reader::markExclusions() {
    for (std::size_t n = 0; n < m_tokens.size(); ++n) {
        const std::string& word = text(n);
        if (m_tokens[n].meanings && excludable(n)) {
            // "drum-free", "vocals-free", "drumless"
            if (n + 1 < m_tokens.size() && text(n + 1) == "free" && gap(n + 1) == Gap::Hyphen)
                m_tokens[n].excluded = true;
            if (isOneOf(word, {"beatless", "drumless"})) m_tokens[n].excluded = true;
        }
        if (m_tokens[n].words == 1 && excludes(word)) excludeFrom(n + 1, word == "without");
        const auto next = [&](std::size_t k) { return n + k < m_tokens.size() ? text(n + k) : std::string(); };
        if (isOneOf(word, {"free", "devoid", "instead", "lack", "absence", "rid"}) && next(1) == "of")
            excludeFrom(n + 2, false);
        if (isOneOf(word, {"leave", "take", "keep", "cut"}) && next(1) == "out") excludeFrom(n + 2, false);
        if (word == "leaving" && next(1) == "out") excludeFrom(n + 2, false);
        if (word == "rather" && next(1) == "than") excludeFrom(n + 2, false);
    }
}

// An instrument's part from the words around it: "led by a flute", "a flute melody", "over a piano".
void Reader::markForeground(Understanding& into) {
    for (std::size_t f = 0; f < into.findings.size(); ++f) {
        Finding& finding = into.findings[f];
        if (finding.attribute != "instrument" && finding.attribute != "role") continue;
        const std::size_t token = m_tokenOf[f];
        int score = 0;
        // Backwards over describing words to the nearest word that says the part.
        for (std::size_t k = token; k > 0 && token - k < 5; --k) {
            if (gap(k) >= Gap::Stop) break;
            if (excludable(k - 1)) { // the next of a list accompanies as the one before it
                for (std::size_t before = 0; before < f; ++before)
                    if (m_tokenOf[before] == k - 1) score = std::min(score, into.findings[before].foreground);
                break;
            }
            if (gap(k) >= Gap::Comma) break;
            const std::string& word = text(k - 1);
            const bool by = isOneOf(word, {"by"});
            const std::string before = k >= 2 ? text(k - 2) : std::string();
            if (isOneOf(word, {"lead", "leading", "solo", "featuring", "features", "main", "melodic", "soloing",
                               "features"}) ||
                (by && isOneOf(before, {"led", "played", "carried", "performed", "sung", "driven"})) ||
                (isOneOf(word, {"from", "on"}) && isOneOf(before, {"melody", "solo", "lead"}))) {
                score = 3;
                break;
            }
            if (word == "on" && isOneOf(before, {"chords", "chord", "arpeggios", "rhythm"})) {
                score = -3;
                break;
            }
            if (isOneOf(word, {"over", "backing", "background", "accompanying", "supporting", "atop", "above",
                               "against", "backed", "accompanied", "underneath", "gentle backing", "and"}) ||
                (by && isOneOf(before, {"accompanied", "backed", "supported", "joined", "underpinned"}))) {
                score = word == "and" ? 0 : -3;
                break;
            }
            if (word == "with" || word == "plus") {
                score = isOneOf(before, {"along", "together", "accompanied"}) ? -2 : -1;
                break;
            }
        }
        for (std::size_t k = token + 1; k < m_tokens.size() && k < token + 7 && gap(k) < Gap::Comma; ++k) {
            const std::string& word = text(k);
            if (isOneOf(word, {"melody", "lead", "leads", "solo", "carries", "carrying", "soloing", "tune", "theme",
                               "takes", "sings", "melodies", "solos"})) {
                score = std::max(score, 3);
                break;
            }
            if (isOneOf(word, {"background", "backing", "accompaniment", "chords", "chord", "underneath",
                               "accompanying", "arpeggios", "arpeggio", "rhythm"})) {
                score = std::min(score, -2);
                break;
            }
            if (isOneOf(word, {"with", "over", "along", "while", "followed", "alongside", "plus"})) break;
            if (means(k, "instrument")) break;
        }
        finding.foreground = score;
    }
}

void Reader::read(Understanding& into) {
    tokenise();
    markExclusions();
    m_tokenOf.assign(into.findings.size(), 0);
    for (std::size_t n = 0; n < m_tokens.size(); ++n) {
        const Token& token = m_tokens[n];
        const std::size_t begin = m_words[token.word].begin, end = m_words[token.word + token.words - 1].end;
        if (isUnknown(token)) {
            std::string_view number;
            if (!numberIn(m_words[token.word].text, number)) into.unknown.push_back({begin, end});
            continue;
        }
        for (const Meaning& meaning : meaningsOf(token)) {
            if (meaning.attribute == "word" && meaning.values.front() == "grammar") continue;
            // "No jazz" excludes jazz, and nothing that the word only suggests.
            if (token.excluded && meaning.hint && meaningsOf(token).size() > 1) continue;
            into.findings.push_back({meaning.attribute, meaning.values, meaning.hint, token.excluded, begin, end, 0});
            m_tokenOf.push_back(n);
        }
    }
    markForeground(into);
}

} // namespace n2m::prompt
