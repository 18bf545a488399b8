#pragma once

#include "engine/plan/Plan.h"

#include <string>
#include <string_view>
#include <vector>

namespace n2m::plan {

/// A bar's chords, spread over its beats; a progression is a list of bars.
using Bar = std::vector<Chord>;
using Progression = std::vector<Bar>;

/// Chords as people write them. The parsers throw base::InvalidInput, whose one line says what is wrong and what is
/// accepted. Free functions on values: any thread.

/// "Am7", "Bbmaj7", "C/E", "F#m7b5", "N.C."; ChordQuality.cpp lists every quality and its spellings. The symbol of the
/// result is the usual spelling ("Amin7" gives "Am7"). The bass of a slash chord joins its tones; the root stays.
Chord parseChord(std::string_view text);

/// A flat list: "Am F C G", "Am, F | C - G". "%" repeats the chord before.
std::vector<Chord> parseChords(std::string_view text);

/// The same as bars: with bar lines ("Am F | C G") they delimit the bars, without them each chord is one bar.
Progression parseProgression(std::string_view text);

/// The symbol, or "N.C.".
std::string toString(const Chord& chord);

} // namespace n2m::plan
