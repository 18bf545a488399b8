#include "engine/composer/Ornament.h"

#include "engine/composer/Voicing.h"

#include <set>

namespace n2m::composer {

Ornament::Ornament(Performer& performer, const Instrument& instrument, const Sketch& sketch)
    : m_performer(performer)
    , m_instrument(instrument) {
    static const std::set<std::string> sliding{"electric guitar", "distorted guitar", "saxophone", "harmonica",
                                               "trombone",        "synth lead",       "violin",    "sitar"};
    static const std::set<std::string> many{"piano",           "electric piano", "organ",      "church organ",
                                            "harpsichord",     "vibraphone",     "marimba",    "accordion",
                                            "acoustic guitar", "harp",           "steel drums"};
    const std::string& genre = sketch.attributes.genre;
    if (sliding.contains(instrument.name)) m_slides = genre == "blues" ? 0.35 : genre == "baroque" ? 0.0 : 0.14;
    if (genre == "celtic") m_graces = 0.25;
    if (genre == "baroque") m_graces = 0.1;
    if (many.contains(instrument.name)) m_doubles = genre == "chiptune" ? 0.0 : 0.45;
}

void Ornament::play(double beat, double beats, int pitch, double velocity, bool strong, const plan::Chord* chord) {
    const Timeline& timeline = m_performer.timeline();
    base::Random& random = m_performer.random();
    const double start = timeline.time(beat), end = timeline.time(beat + beats);
    if (strong && random.chance(m_graces)) m_performer.play(beat, 0.06, pitch + 2, velocity - 12.0, -0.045);
    m_performer.play(beat, beats, pitch, velocity);
    if (random.chance(m_slides) && end - start > 0.18) {
        for (int n = 0; n <= 6; ++n)
            m_performer.control(start + 0.013 * n, Control::bend, -4096 + 4096 * n / 6);
    }
    if (m_instrument.voice == Voice::Blown || m_instrument.voice == Voice::Bowed || m_instrument.voice == Voice::Held)
        shape(start, end);
    if (chord && strong && beats >= 0.7 && random.chance(m_doubles)) {
        if (random.chance(0.25) && pitch - 12 >= m_instrument.low)
            m_performer.play(beat, beats, pitch - 12, velocity - 8.0);
        for (int below = pitch - 3; below > pitch - 10 && below >= m_instrument.low; --below) {
            if (!isChordTone(*chord, below)) continue;
            m_performer.play(beat, beats, below, velocity - 14.0);
            break;
        }
    }
}

void Ornament::shape(double start, double end) {
    const double length = end - start;
    m_performer.control(start, Control::modulation, 0);
    if (length < 0.45) {
        m_performer.control(start, Control::expression, 118);
        return;
    }
    const int steps = static_cast<int>(std::min(12.0, length / 0.08));
    for (int n = 0; n <= steps; ++n) {
        const double place = static_cast<double>(n) / steps;
        // The swell rises and falls; the vibrato begins late.
        const double swell = place < 0.4 ? 104.0 + 57.5 * place : 127.0 - 40.0 * (place - 0.4);
        m_performer.control(start + place * length * 0.96, Control::expression, static_cast<int>(swell));
        if (place > 0.25 && m_instrument.voice != Voice::Held)
            m_performer.control(start + place * length * 0.96, Control::modulation,
                                static_cast<int>(std::min(1.0, (place - 0.25) / 0.4) * 54.0));
    }
}

} // namespace n2m::composer
