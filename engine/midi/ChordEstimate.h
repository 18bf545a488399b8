#pragma once

#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::midi {

/// The chords that the notes of a plan's parts suggest, over its beats and in its key. Each beat's pitch classes, by
/// how long and loud they sound, are compared with the tones of the usual chords; the bass and the key count too. The
/// best path through the beats (Viterbi) changes chords rather at the start and in the middle of a bar than elsewhere,
/// as in Papadopoulos and Peeters (2007). Empty if nothing but drums sounds. Times are those of beats.
std::vector<plan::ChordSpan> estimateChords(const plan::Plan& plan);

} // namespace n2m::midi
