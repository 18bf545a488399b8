#pragma once

#include "engine/plan/Chords.h"

#include <string>
#include <string_view>

namespace n2m::plan {

/// Keys, and chords as degrees of a key. The parsers throw base::InvalidInput, whose one line says what is wrong and
/// what is accepted. Free functions on values: any thread.

/// "A minor", "F# major", "Bb min", "Em", "C"; a small letter alone is minor ("c" = C minor), as musicians write it.
Key parseKey(std::string_view text);

/// The chord on a degree of a key: "i", "bVI", "V7", "ii7", "IVmaj7", "viiø7", "I/3". Degrees count on the major scale
/// of the tonic whatever the mode, so A minor's F major is bVI. A small numeral is minor: "ii7" = m7, "i6" = m6. A
/// digit after the slash is the bass's degree.
Chord chordOfDegree(const Key& key, std::string_view degree);

/// A progression of degrees in a key: blanks separate bars, commas the chords of a bar ("i bVI bIII,bVII V").
Progression progressionInKey(const Key& key, std::string_view degrees);

/// The key that chords suggest: its scale holds most of their tones, and its tonic chord is among them, preferably
/// first or last. C major if there are none.
Key keyOf(const Progression& chords);

/// "A minor", "Bb major", with the more usual of two names.
std::string toString(const Key& key);
/// A pitch class as a letter, "D#" or "Eb" as suits the key.
std::string nameOf(PitchClass pitchClass, const Key& key);

} // namespace n2m::plan
