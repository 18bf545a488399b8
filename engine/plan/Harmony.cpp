#include "engine/plan/Harmony.h"

#include "engine/base/Error.h"
#include "engine/plan/ChordQuality.h"
#include "engine/plan/NoteNames.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <iterator>
#include <optional>
#include <sstream>

namespace n2m::plan {

namespace {

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
    const std::size_t tonicLetter = noteLetters.find(tonicName(key)[0]);
    const std::size_t letter = (tonicLetter + static_cast<std::size_t>(step)) % 7;
    const int difference = (pitchClass - majorScale[letter] + 18) % 12 - 6;
    if (difference < -1 || difference > 1) return nameOf(pitchClass, key);
    return std::string(1, noteLetters[letter]) + (difference == 1 ? "#" : difference == -1 ? "b" : "");
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
    throw base::InvalidInput(
        "{} is not a key: a letter A to G, # or b, then major or minor is accepted, such as \"F# minor\"",
        quoted(text));
}

Chord chordOfDegree(const Key& key, std::string_view text) {
    const std::string ascii = withAsciiAccidentals(trimmed(text));
    const auto refuse = [&] {
        return base::InvalidInput("{} is not a degree: accepted is b or #, I to VII or i to vii, a quality such as "
                                  "7 or maj7, and a bass such as /3; or N.C.",
                                  quoted(text));
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
    const ChordQuality* quality = findQuality(rest);
    // A small numeral makes "7" a minor seventh; a quality that names its own third ("dim", "sus4", "m7b5") stays.
    if (degree->small && quality) {
        const std::string name = quality->name;
        const ChordQuality* minor = name == "maj7" ? findQuality("mMaj7") : findQuality("m" + name);
        const bool ownThird = name.starts_with("dim") || name.starts_with("m") || name.find("sus") != std::string::npos;
        if (minor && (!ownThird || name == "maj7"))
            quality = minor;
        else if (!ownThird && name != "5")
            quality = nullptr;
    }
    if (!quality) throw refuse();

    const PitchClass root = pitchClassOf(*degree, key);
    Chord chord{spelled(root, degree->step, key) + quality->name, root, quality->tonesOn(root)};
    if (bass) {
        const PitchClass low = pitchClassOf(*bass, key);
        chord.symbol += '/' + spelled(low, bass->step, key);
        chord.tones |= static_cast<std::uint16_t>(1u << low);
    }
    return chord;
}

Progression progressionInKey(const Key& key, std::string_view degrees) {
    Progression progression;
    std::istringstream bars{std::string(degrees)};
    for (std::string bar; bars >> bar;) {
        Bar chords;
        std::istringstream parts(bar);
        for (std::string degree; std::getline(parts, degree, ',');)
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

} // namespace n2m::plan
