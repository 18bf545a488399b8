#pragma once

#include "engine/corpus/Player.h"

namespace n2m::corpus {

/// A part that plays the chords: held, in blocks, strummed, broken … by its style, with the voices led from chord to
/// chord. Plays in the sections whose energy is in the part's range.
void playChords(Player& player, const Vocabulary& vocabulary, const PartSketch& part, double firstSilentBeat);

} // namespace n2m::corpus
