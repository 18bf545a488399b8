#include "engine/composer/PartRules.h"

#include <algorithm>

namespace n2m::composer {

bool isBass(const Instrument& instrument) {
    return instrument.low <= 32 && instrument.high <= 60;
}

bool accompaniesItself(const Instrument& instrument) {
    if (isBass(instrument)) return false;
    if (instrument.voice == Voice::Struck || instrument.voice == Voice::Plucked) return true;
    const std::string& shown = instrument.shows;
    return shown == "organ" || shown == "church organ" || shown == "accordion" || shown == "choir" ||
           shown == "strings" || shown == "brass section";
}

bool isCalled(const Vocabulary& vocabulary, const std::string& instrument, const std::string& name) {
    return instrument == name || vocabulary.instrument(instrument).shows == name;
}

std::string bassPattern(const Grid& grid) {
    if (grid.beats == 3) return "waltz";
    if (grid.beats == 6) return "six eight";
    if (grid.beats == 2) return "two beat";
    return grid.triplet ? "slow twelve" : "roots half";
}

std::string chordPattern(const Instrument& instrument, const Grid& grid) {
    const bool holds = instrument.voice != Voice::Struck && instrument.voice != Voice::Plucked;
    if (holds) return grid.beats == 3 ? "pad three" : grid.beats == 6 ? "six pad" : grid.beats == 2 ? "two pad" : "pad";
    const bool guitar = instrument.low < 46;
    if (grid.beats == 3) return guitar ? "waltz strum" : "waltz arpeggio";
    if (grid.beats == 6) return guitar ? "six strum" : "six arpeggio";
    if (grid.beats == 2) return "two offbeat";
    return grid.triplet ? "twelve arpeggio" : guitar ? "strum folk" : "arpeggio eighths";
}

std::string drumPattern(const Grid& grid) {
    if (grid.beats == 3) return "waltz light";
    if (grid.beats == 6) return "six eight";
    if (grid.beats == 2) return "two beat";
    if (grid.beats != 4) return "";
    return grid.triplet ? "twelve-eight" : "ballad soft";
}

PartSketch partFor(const Instrument& instrument, int program, const Grid& grid) {
    PartSketch part;
    part.bass = isBass(instrument);
    part.instrument = instrument.name;
    part.program = program;
    part.style = part.loudStyle = part.bass ? bassPattern(grid) : chordPattern(instrument, grid);
    part.gain = part.bass ? -5.0 : -7.0;
    part.low = std::max(instrument.low, 45);
    part.high = std::max(part.low + 14, std::min(instrument.high, 76));
    part.voices = 3;
    return part;
}

std::string patternFor(Style::Texture texture, const std::vector<std::string>& styles,
                       const std::function<std::string(const std::string&)>& stepsOf) {
    const auto strokes = [&](const std::string& style) {
        const std::string steps = stepsOf(style);
        return steps.size() - static_cast<std::size_t>(std::count(steps.begin(), steps.end(), '.'));
    };
    const auto fewer = [&](const auto& a, const auto& b) { return strokes(a) < strokes(b); };
    return texture == Style::Texture::Sparse ? *std::min_element(styles.begin(), styles.end(), fewer)
                                             : *std::max_element(styles.begin(), styles.end(), fewer);
}

} // namespace n2m::composer
