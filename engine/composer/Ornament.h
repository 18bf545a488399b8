#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// How the lead plays a note: vibrato and swell for winds and strings, slides into the note, grace notes, and for
/// instruments of many voices now and then another chord tone or an octave below.
class Ornament {
public:
    Ornament(Performer& player, const Instrument& instrument, const Sketch& sketch);
    /// `chord`: what sounds below, for double stops; may be nullptr.
    void play(double beat, double beats, int pitch, double velocity, bool strong, const plan::Chord* chord = nullptr);

private:
    void shape(double start, double end);
    Performer& m_player;
    const Instrument& m_instrument;
    double m_slides = 0.0, m_graces = 0.0, m_doubles = 0.0;
};

} // namespace n2m::composer
