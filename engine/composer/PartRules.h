#pragma once

#include "engine/composer/Sketch.h"
#include "engine/composer/Vocabulary.h"

#include <functional>
#include <string>
#include <vector>

namespace n2m::composer {

/// The rules for parts that a genre does not list: for instruments that the user asks for, and metres that its patterns
/// do not fit. Free functions on values: any thread.

/// The grid that a pattern must fit.
struct Grid {
    int beats = 4;
    bool triplet = false;
};

/// Whether an instrument plays a bass line rather than chords.
bool isBass(const Instrument& instrument);
/// Whether one player can play the melody and the chords: a piano, a guitar, a choir.
bool accompaniesItself(const Instrument& instrument);
/// Whether a listener would call an instrument by this name: a "nylon guitar" is an "acoustic guitar".
bool isCalled(const Vocabulary& vocabulary, const std::string& instrument, const std::string& name);

/// Patterns for any grid, by name. The drums' name is empty where no pattern fits.
std::string bassPattern(const Grid& grid);
std::string chordPattern(const Instrument& instrument, const Grid& grid);
std::string drumPattern(const Grid& grid);

/// A part for an instrument that plays from the first to the last bar.
PartSketch partFor(const Instrument& instrument, int program, const Grid& grid);

/// The pattern of a list that suits a texture: the one with the fewest strokes if it is sparse, else the one with the
/// most. `stepsOf` gives a pattern's steps, "." for a pause; the list is not empty.
std::string patternFor(Style::Texture texture, const std::vector<std::string>& styles,
                       const std::function<std::string(const std::string&)>& stepsOf);

} // namespace n2m::composer
