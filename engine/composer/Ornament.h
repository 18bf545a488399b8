#pragma once

#include "engine/composer/Performer.h"

namespace n2m::composer {

/// Ornaments of the lead's notes: vibrato and swell for winds and strings, slides into the note, grace notes, and for
/// instruments of many voices sometimes another chord tone or an octave below.
class Ornament {
public:
    Ornament(Performer& performer, const Instrument& instrument, const Sketch& sketch);
    /// `chord`: the harmony below, for double stops; may be nullptr.
    void play(double beat, double beats, int pitch, double velocity, bool strong, const plan::Chord* chord = nullptr);

private:
    void shape(double start, double end);
    Performer& m_performer;
    const Instrument& m_instrument;
    double m_slides = 0.0, m_graces = 0.0, m_doubles = 0.0;
};

} // namespace n2m::composer
