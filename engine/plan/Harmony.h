#pragma once

#include "engine/plan/Plan.h"

#include <string>
#include <string_view>
#include <vector>

namespace n2m::plan {

/// A bar's chords, spread over its beats; a progression is a list of bars.
using Bar = std::vector<Chord>;
using Progression = std::vector<Bar>;

/// Keys and chords as people write them. Everything here throws std::invalid_argument with one line that says what is
/// wrong and what is accepted. Free functions on values: any thread.

/// "A minor", "F# major", "Bb min", "Em", "C"; a small letter alone is minor ("c" = C minor), as musicians write it.
Key parseKey(std::string_view text);

/// "Am7", "Bbmaj7", "C/E", "F#m7b5", "N.C.": see Harmony.cpp for every quality and its other spellings. The symbol of
/// the result is the usual spelling ("Amin7" gives "Am7"). The bass of a slash chord joins its tones; the root stays.
Chord parseChord(std::string_view text);

/// A flat list: "Am F C G", "Am, F | C - G". "%" repeats the chord before.
std::vector<Chord> parseChords(std::string_view text);

/// The same as bars: between bar lines ("Am F | C G") each stretch is a bar, without any each chord is one.
Progression parseProgression(std::string_view text);

/// The chord on a degree of a key: "i", "bVI", "V7", "ii7", "IVmaj7", "viiø7", "I/3". Degrees count on the major scale
/// of the tonic whatever the mode, so A minor's F major is bVI. A small numeral is minor: "ii7" = m7, "i6" = m6. A
/// digit after the slash is the bass's degree.
Chord chordOfDegree(const Key& key, std::string_view degree);

/// A progression of degrees in a key.
Progression progressionInKey(const Key& key, const std::vector<std::vector<std::string>>& degrees);

/// The key that chords suggest: the one whose scale holds most of their tones, and whose tonic chord is among them,
/// first or last best. C major if there are none.
Key keyOf(const Progression& chords);

/// "A minor", "Bb major", with the usual one of two names.
std::string toString(const Key& key);
/// The symbol, or "N.C.".
std::string toString(const Chord& chord);
/// A pitch class as a letter, "D#" or "Eb" as suits the key.
std::string nameOf(PitchClass pitchClass, const Key& key);

} // namespace n2m::plan
