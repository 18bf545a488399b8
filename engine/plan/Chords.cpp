#include "engine/plan/Chords.h"

#include "engine/base/Error.h"
#include "engine/plan/ChordQuality.h"
#include "engine/plan/NoteNames.h"

#include <cctype>
#include <optional>
#include <utility>

namespace n2m::plan {

namespace {

constexpr std::size_t mostChords = 512;

} // namespace

Chord parseChord(std::string_view text) {
    const std::string ascii = withAsciiAccidentals(trimmed(text));
    const std::string small = lower(ascii);
    if (small == "n.c." || small == "nc" || small == "n.c") return {};
    const auto refuse = [&] {
        return base::InvalidInput("{} is not a chord: accepted is a letter A to G, # or b, then one of {} or nothing, "
                                  "then perhaps a bass (C/E); or N.C.",
                                  quoted(text), acceptedQualities);
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
    const ChordQuality* quality = findQuality(rest);
    if (!quality) throw refuse();

    Chord chord{root->name + quality->name, root->pitchClass, quality->tonesOn(root->pitchClass)};
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
        if (++count > mostChords) throw base::InvalidInput("too many chords: {} at most are accepted", mostChords);
        if (word == "%" && bar.empty() && barLines) {
            if (bars.empty()) throw base::InvalidInput("\"%\" repeats the bar before it, but there is none");
            bar = bars.back();
        } else if (word == "%") {
            if (bars.empty() && bar.empty())
                throw base::InvalidInput("\"%\" repeats the chord before it, but there is none");
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
    if (bars.empty()) throw base::InvalidInput("there is no chord: accepted is a list such as \"Am F C G\"");
    return bars;
}

std::vector<Chord> parseChords(std::string_view text) {
    std::vector<Chord> chords;
    for (const Bar& bar : parseProgression(text))
        chords.insert(chords.end(), bar.begin(), bar.end());
    return chords;
}

std::string toString(const Chord& chord) {
    return chord.symbol.empty() ? "N.C." : chord.symbol;
}

} // namespace n2m::plan
