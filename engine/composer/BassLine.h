#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// The bassist: a pattern of chord tones, a walking line, or the rhythm of the kick drum.
void playBass(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, const PartSketch& part,
              double firstSilentBeat);

} // namespace n2m::composer
