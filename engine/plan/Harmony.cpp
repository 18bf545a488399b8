#include "engine/plan/Harmony.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>

namespace n2m::plan {

namespace {

constexpr std::size_t longestSymbol = 32, mostChords = 512;
constexpr std::string_view letters = "CDEFGAB";
constexpr std::array<int, 7> majorScale{0, 2, 4, 5, 7, 9, 11};

struct Quality {
    const char* name; // the usual spelling, after the root
    std::initializer_list<int> semitones;
    std::initializer_list<const char*> spellings;
};

// The chord tones are those of the textbook (Levine, The Jazz Theory Book, ch. 1-3), without omissions, but a dominant
// or major 13 has no 11, as it is played.
const std::initializer_list<Quality> qualities = {
    {"", {0, 4, 7}, {"maj", "M", "major", "ma"}},
    {"m", {0, 3, 7}, {"min", "-", "minor", "mi"}},
    {"7", {0, 4, 7, 10}, {"dom7"}},
    {"maj7", {0, 4, 7, 11}, {"M7", "ma7", "major7", "Maj7", "Δ", "Δ7"}},
    {"m7", {0, 3, 7, 10}, {"min7", "-7", "mi7", "minor7"}},
    {"mMaj7", {0, 3, 7, 11}, {"mmaj7", "m(maj7)", "mM7", "minmaj7", "-maj7"}},
    {"dim", {0, 3, 6}, {"°", "o", "mb5"}},
    {"dim7", {0, 3, 6, 9}, {"°7", "o7"}},
    {"m7b5", {0, 3, 6, 10}, {"ø", "ø7", "min7b5", "-7b5", "m7(b5)"}},
    {"aug", {0, 4, 8}, {"+", "#5"}},
    {"7#5", {0, 4, 8, 10}, {"+7", "aug7"}},
    {"7b5", {0, 4, 6, 10}, {}},
    {"sus2", {0, 2, 7}, {}},
    {"sus4", {0, 5, 7}, {"sus"}},
    {"7sus4", {0, 5, 7, 10}, {"7sus"}},
    {"9sus4", {0, 2, 5, 7, 10}, {"9sus"}},
    {"5", {0, 7}, {}},
    {"6", {0, 4, 7, 9}, {"maj6", "M6"}},
    {"m6", {0, 3, 7, 9}, {"min6", "-6"}},
    {"69", {0, 2, 4, 7, 9}, {"6/9"}},
    {"9", {0, 2, 4, 7, 10}, {}},
    {"maj9", {0, 2, 4, 7, 11}, {"M9", "ma9"}},
    {"m9", {0, 2, 3, 7, 10}, {"min9", "-9"}},
    {"add9", {0, 2, 4, 7}, {"add2", "(add9)"}},
    {"madd9", {0, 2, 3, 7}, {"m(add9)", "madd2", "minadd9"}},
    {"11", {0, 2, 4, 5, 7, 10}, {}},
    {"m11", {0, 2, 3, 5, 7, 10}, {"min11", "-11"}},
    {"13", {0, 2, 4, 7, 9, 10}, {}},
    {"maj13", {0, 2, 4, 7, 9, 11}, {"M13"}},
    {"m13", {0, 2, 3, 7, 9, 10}, {"min13", "-13"}},
    {"7b9", {0, 1, 4, 7, 10}, {"7(b9)"}},
    {"7#9", {0, 3, 4, 7, 10}, {"7(#9)"}},
    {"7#11", {0, 4, 6, 7, 10}, {"7(#11)"}},
    {"7b13", {0, 4, 7, 8, 10}, {"7(b13)"}},
    {"maj7#11", {0, 4, 6, 7, 11}, {"M7#11", "maj7(#11)"}},
};

const char* const acceptedChords =
    "a letter A to G, # or b, then one of m 7 maj7 m7 mMaj7 dim dim7 m7b5 aug 7#5 7b5 sus2 "
    "sus4 7sus4 9sus4 5 6 m6 69 9 maj9 m9 add9 madd9 11 m11 13 maj13 m13 7b9 7#9 7#11 "
    "7b13 maj7#11 or nothing, then perhaps a bass (C/E); or N.C.";

const Quality* findQuality(std::string_view spelling) {
    static const std::map<std::string_view, const Quality*> bySpelling = [] {
        std::map<std::string_view, const Quality*> map;
        for (const Quality& quality : qualities) {
            map.emplace(quality.name, &quality);
            for (const char* other : quality.spellings)
                map.emplace(other, &quality);
        }
        return map;
    }();
    const auto found = bySpelling.find(spelling);
    return found == bySpelling.end() ? nullptr : found->second;
}

std::uint16_t tonesOf(const Quality& quality, PitchClass root) {
    std::uint16_t tones = 0;
    for (const int semitone : quality.semitones)
        tones |= static_cast<std::uint16_t>(1u << ((root + semitone) % 12));
    return tones;
}

// The user's text inside a message: one line, not endless.
std::string quoted(std::string_view text) {
    std::string shown;
    for (const char c : text.substr(0, 24))
        shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (text.size() > 24) {
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0x80))
            shown.pop_back();
        shown += "...";
    }
    return '"' + shown + '"';
}

std::string withAsciiAccidentals(std::string_view text) {
    std::string result(text);
    for (const auto& [sign, ascii] : {std::pair{"♯", "#"}, {"♭", "b"}}) {
        for (std::size_t at; (at = result.find(sign)) != std::string::npos;)
            result.replace(at, std::string(sign).size(), ascii);
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto blank = [](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; };
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

struct NoteName {
    PitchClass pitchClass = 0;
    std::string name;
};

// Takes a letter and its sharps or flats off the front of `rest`.
std::optional<NoteName> takeNote(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const char letter = static_cast<char>(std::toupper(static_cast<unsigned char>(rest.front())));
    const std::size_t index = letters.find(letter);
    if (index == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(1);
    NoteName note{majorScale[index], std::string(1, letter)};
    while (!rest.empty() && note.name.size() < 3 && (rest.front() == '#' || rest.front() == 'b')) {
        note.pitchClass += rest.front() == '#' ? 1 : -1;
        note.name += rest.front();
        rest.remove_prefix(1);
    }
    note.pitchClass = (note.pitchClass + 12) % 12;
    return note;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

const char* tonicName(const Key& key) {
    static constexpr std::array<const char*, 12> major{"C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"};
    static constexpr std::array<const char*, 12> minor{"C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"};
    const auto index = static_cast<std::size_t>(((key.tonic % 12) + 12) % 12);
    return key.minor ? minor[index] : major[index];
}

bool usesFlats(const Key& key) {
    const int relativeMajor = (key.tonic + (key.minor ? 3 : 0)) % 12;
    return relativeMajor == 5 || relativeMajor == 10 || relativeMajor == 3 || relativeMajor == 8 || relativeMajor == 1;
}

// A pitch class on a letter of the scale (0 = the tonic's), "Eb" or "D#" as the degree asks; plain names where that
// would need two signs.
std::string spelled(PitchClass pitchClass, int step, const Key& key) {
    const std::size_t tonicLetter = letters.find(tonicName(key)[0]);
    const std::size_t letter = (tonicLetter + static_cast<std::size_t>(step)) % 7;
    const int difference = (pitchClass - majorScale[letter] + 18) % 12 - 6;
    if (difference < -1 || difference > 1) return nameOf(pitchClass, key);
    return std::string(1, letters[letter]) + (difference == 1 ? "#" : difference == -1 ? "b" : "");
}

struct Degree {
    int step = 0; // 0 … 6 on the scale
    int shift = 0;
    bool small = false;
};

// Takes a Roman numeral, or for a bass a digit, off the front of `rest`.
std::optional<Degree> takeDegree(std::string_view& rest, bool digits) {
    Degree degree;
    while (!rest.empty() && (rest.front() == 'b' || rest.front() == '#')) {
        degree.shift += rest.front() == '#' ? 1 : -1;
        rest.remove_prefix(1);
    }
    if (degree.shift < -2 || degree.shift > 2) return std::nullopt;
    if (digits) {
        if (rest.empty() || rest.front() < '1' || rest.front() > '7') return std::nullopt;
        degree.step = rest.front() - '1';
        rest.remove_prefix(1);
        return degree;
    }
    static constexpr std::array<std::string_view, 7> numerals{"VII", "III", "IV", "VI", "II", "V", "I"};
    static constexpr std::array<int, 7> steps{6, 2, 3, 5, 1, 4, 0};
    for (std::size_t n = 0; n < numerals.size(); ++n) {
        for (const bool small : {false, true}) {
            const std::string numeral = small ? lower(numerals[n]) : std::string(numerals[n]);
            if (!rest.starts_with(numeral)) continue;
            rest.remove_prefix(numeral.size());
            degree.step = steps[n];
            degree.small = small;
            return degree;
        }
    }
    return std::nullopt;
}

PitchClass pitchClassOf(const Degree& degree, const Key& key) {
    return (key.tonic + majorScale[static_cast<std::size_t>(degree.step)] + degree.shift + 24) % 12;
}

} // namespace

Key parseKey(std::string_view text) {
    const std::string ascii = withAsciiAccidentals(trimmed(text));
    std::string_view rest = ascii;
    const bool smallLetter = !rest.empty() && std::islower(static_cast<unsigned char>(rest.front()));
    const auto note = takeNote(rest);
    if (note && ascii.size() <= longestSymbol) {
        rest = trimmed(rest);
        const std::string mode = rest == "M" ? "major" : lower(rest);
        if (mode.empty()) return {note->pitchClass, smallLetter};
        if (mode == "major" || mode == "maj") return {note->pitchClass, false};
        if (mode == "minor" || mode == "min" || mode == "m") return {note->pitchClass, true};
    }
    throw std::invalid_argument(
        fmt::format("{} is not a key: a letter A to G, # or b, then major or minor is accepted, such as \"F# minor\"",
                    quoted(text)));
}

Chord parseChord(std::string_view text) {
    const std::string ascii = withAsciiAccidentals(trimmed(text));
    const std::string small = lower(ascii);
    if (small == "n.c." || small == "nc" || small == "n.c") return {};
    const auto refuse = [&]() -> std::invalid_argument {
        return std::invalid_argument(fmt::format("{} is not a chord: accepted is {}", quoted(text), acceptedChords));
    };
    if (ascii.size() > longestSymbol) throw refuse();
    std::string_view rest = ascii;
    const auto root = takeNote(rest);
    if (!root) throw refuse();

    std::optional<NoteName> bass;
    if (const std::size_t slash = rest.rfind('/'); slash != std::string_view::npos && !findQuality(rest)) {
        std::string_view after = rest.substr(slash + 1);
        bass = takeNote(after);
        if (!bass || !after.empty()) throw refuse();
        rest = rest.substr(0, slash);
    }
    const Quality* quality = findQuality(rest);
    if (!quality) throw refuse();

    Chord chord{root->name + quality->name, root->pitchClass, tonesOf(*quality, root->pitchClass)};
    if (bass) {
        chord.symbol += '/' + bass->name;
        chord.tones |= static_cast<std::uint16_t>(1u << bass->pitchClass);
    }
    return chord;
}

Progression parseProgression(std::string_view text) {
    const std::string ascii = withAsciiAccidentals(text);
    const bool barLines = ascii.find('|') != std::string::npos;
    Progression bars;
    Bar bar;
    std::size_t count = 0;
    std::string word;
    const auto endBar = [&] {
        if (!bar.empty()) bars.push_back(std::move(bar));
        bar.clear();
    };
    const auto endWord = [&] {
        if (word.empty() || word == "-") {
            word.clear();
            return;
        }
        if (++count > mostChords) {
            throw std::invalid_argument(fmt::format("too many chords: {} at most are accepted", mostChords));
        }
        if (word == "%" && bar.empty() && barLines) {
            if (bars.empty()) throw std::invalid_argument("\"%\" repeats the bar before it, but there is none");
            bar = bars.back();
        } else if (word == "%") {
            if (bars.empty() && bar.empty())
                throw std::invalid_argument("\"%\" repeats the chord before it, but there is none");
            bar.push_back(bar.empty() ? bars.back().back() : bar.back());
        } else {
            bar.push_back(parseChord(word));
        }
        word.clear();
        if (!barLines) endBar();
    };
    for (std::size_t at = 0; at < ascii.size(); ++at) {
        const char c = ascii[at];
        // "Am-F" is two chords, "A-7" one.
        const bool dash = c == '-' && at + 1 < ascii.size() && ascii[at + 1] >= 'A' && ascii[at + 1] <= 'G';
        if (c == '|') {
            endWord();
            endBar();
        } else if (dash || c == ',' || c == ';' || std::isspace(static_cast<unsigned char>(c))) {
            endWord();
        } else {
            word += c;
        }
    }
    endWord();
    endBar();
    if (bars.empty()) throw std::invalid_argument("there is no chord: accepted is a list such as \"Am F C G\"");
    return bars;
}

std::vector<Chord> parseChords(std::string_view text) {
    std::vector<Chord> chords;
    for (const Bar& bar : parseProgression(text))
        chords.insert(chords.end(), bar.begin(), bar.end());
    return chords;
}

Chord chordOfDegree(const Key& key, std::string_view text) {
    const std::string ascii = withAsciiAccidentals(trimmed(text));
    const auto refuse = [&]() -> std::invalid_argument {
        return std::invalid_argument(
            fmt::format("{} is not a degree: accepted is b or #, I to VII or i to vii, a quality such as "
                        "7 or maj7, and a bass such as /3; or N.C.",
                        quoted(text)));
    };
    if (ascii.size() > longestSymbol) throw refuse();
    if (const std::string small = lower(ascii); small == "n.c." || small == "nc") return {};

    std::string_view rest = ascii;
    const auto degree = takeDegree(rest, false);
    if (!degree) throw refuse();
    std::optional<Degree> bass;
    if (const std::size_t slash = rest.rfind('/'); slash != std::string_view::npos && rest != "6/9") {
        std::string_view after = rest.substr(slash + 1);
        bass = takeDegree(after, true);
        if (!bass || !after.empty()) throw refuse();
        rest = rest.substr(0, slash);
    }
    const Quality* quality = findQuality(rest);
    // A small numeral makes "7" a minor seventh; what names its own third ("dim", "sus4", "m7b5") stays as it is.
    if (degree->small && quality) {
        const std::string name = quality->name;
        const Quality* minor = name == "maj7" ? findQuality("mMaj7") : findQuality("m" + name);
        const bool ownThird = name.starts_with("dim") || name.starts_with("m") || name.find("sus") != std::string::npos;
        if (minor && (!ownThird || name == "maj7"))
            quality = minor;
        else if (!ownThird && name != "5")
            quality = nullptr;
    }
    if (!quality) throw refuse();

    const PitchClass root = pitchClassOf(*degree, key);
    Chord chord{spelled(root, degree->step, key) + quality->name, root, tonesOf(*quality, root)};
    if (bass) {
        const PitchClass low = pitchClassOf(*bass, key);
        chord.symbol += '/' + spelled(low, bass->step, key);
        chord.tones |= static_cast<std::uint16_t>(1u << low);
    }
    return chord;
}

Progression progressionInKey(const Key& key, const std::vector<std::vector<std::string>>& degrees) {
    Progression progression;
    progression.reserve(degrees.size());
    for (const auto& bar : degrees) {
        Bar chords;
        for (const std::string& degree : bar)
            chords.push_back(chordOfDegree(key, degree));
        progression.push_back(std::move(chords));
    }
    return progression;
}

Key keyOf(const Progression& bars) {
    std::vector<Chord> chords;
    for (const Bar& bar : bars) {
        std::copy_if(bar.begin(), bar.end(), std::back_inserter(chords),
                     [](const Chord& chord) { return chord.tones != 0; });
    }
    Key best;
    double bestScore = -1e9;
    for (int tonic = 0; tonic < 12; ++tonic) {
        for (const bool minor : {false, true}) {
            std::uint16_t scale = 0;
            // Natural minor is the major scale from its sixth.
            for (const int step : majorScale)
                scale |= static_cast<std::uint16_t>(1u << ((tonic + step + (minor ? 3 : 0)) % 12));
            const int third = 1 << ((tonic + (minor ? 3 : 4)) % 12);
            const auto isTonic = [&](const Chord& chord) { return chord.root == tonic && (chord.tones & third) != 0; };
            double score = 0.0;
            for (const Chord& chord : chords) {
                score -= std::popcount(static_cast<unsigned>(chord.tones & ~scale & 0xfff));
                // The dominant of a minor key has its leading note from outside the scale.
                if (minor && chord.root == (tonic + 7) % 12 && (chord.tones >> ((tonic + 11) % 12) & 1)) score += 1.0;
                score += isTonic(chord) ? 0.3 : 0.0;
            }
            if (!chords.empty() && isTonic(chords.front())) score += 1.0;
            if (!chords.empty() && isTonic(chords.back())) score += 0.5;
            if (score > bestScore + 1e-9) {
                bestScore = score;
                best = {tonic, minor};
            }
        }
    }
    return best;
}

std::string nameOf(PitchClass pitchClass, const Key& key) {
    static constexpr std::array<const char*, 12> sharps{"C",  "C#", "D",  "D#", "E",  "F",
                                                        "F#", "G",  "G#", "A",  "A#", "B"};
    static constexpr std::array<const char*, 12> flats{"C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"};
    const auto index = static_cast<std::size_t>(((pitchClass % 12) + 12) % 12);
    return usesFlats(key) ? flats[index] : sharps[index];
}

std::string toString(const Key& key) {
    return std::string(tonicName(key)) + (key.minor ? " minor" : " major");
}

std::string toString(const Chord& chord) {
    return chord.symbol.empty() ? "N.C." : chord.symbol;
}

} // namespace n2m::plan
