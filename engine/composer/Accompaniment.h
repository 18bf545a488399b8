#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// A part that plays the chords: held, in blocks, strummed, broken … by its style, with the voices led from chord to
/// chord. It plays in the sections whose energy is in the part's range.
void playChords(Performer& performer, const Vocabulary& vocabulary, const PartSketch& part, double firstSilentBeat);

} // namespace n2m::composer
