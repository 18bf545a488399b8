#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// The drummer: the pattern thinned or enriched by the section's energy, fills at the ends of sections, crashes at
/// their beginnings. `firstSilentBeat`: where the piece has ended.
void playDrums(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, double firstSilentBeat);

/// Whether the drums play in a bar.
bool drumsPlay(const Sketch& sketch, const TimelineBar& bar);

} // namespace n2m::composer
