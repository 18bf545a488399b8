#pragma once

#include "engine/corpus/Player.h"

namespace n2m::corpus {

/// How the lead plays a note: vibrato and swell for winds and strings, slides into the note, grace notes, and for
/// instruments of many voices now and then another chord tone or an octave below.
class Ornament {
public:
    Ornament(Player& player, const Instrument& instrument, const Sketch& sketch);
    /// `chord`: what sounds below, for double stops; may be nullptr.
    void play(double beat, double beats, int pitch, double velocity, bool strong, const plan::Chord* chord = nullptr);

private:
    void shape(double start, double end);
    Player& m_player;
    const Instrument& m_instrument;
    double m_slides = 0.0, m_graces = 0.0, m_doubles = 0.0;
};

} // namespace n2m::corpus
