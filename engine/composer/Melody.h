#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// The lead: phrases of two or four bars built from rhythmic and melodic cells that repeat, vary and are answered;
/// chord tones where the accents are, steps between, a breath at the end. Sections of the same name share their cells.
void playMelody(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, double firstSilentBeat);

/// The pitch classes a melody may use over a chord: the scale of the key, with the chord's own tones in place of
/// their neighbours. `scale` as in MelodyStyle.
std::vector<int> scaleOver(const plan::Key& key, const std::string& scale, const plan::Chord& chord);

} // namespace n2m::composer
