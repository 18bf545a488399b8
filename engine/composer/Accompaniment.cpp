#include "engine/composer/Accompaniment.h"

#include "engine/composer/Voicing.h"

#include <cmath>

namespace n2m::composer {

namespace {

class Accompanist {
public:
    Accompanist(Performer& performer, const Vocabulary& vocabulary, const PartSketch& part, const std::string& style)
        : m_performer(performer)
        , m_part(part)
        , m_pattern(vocabulary.comping(style))
        , m_voice(vocabulary.instrument(part.instrument).voice)
        , m_low(std::max(part.low, vocabulary.instrument(part.instrument).low))
        , m_high(std::max(m_low + 14, std::min(part.high, vocabulary.instrument(part.instrument).high))) {}

    void play(const TimelineBar& bar) {
        if (m_pattern.figure == "hold") {
            hold(bar);
            return;
        }
        m_step = 0;
        forEachStep(m_pattern.steps, m_pattern.stepsPerBar(), m_pattern.beats, bar.inSection, bar.beat,
                    [&](double beat, double beats, char digit) {
                        const plan::Chord& chord = timeline().chordAt(beat);
                        if (chord.tones == 0) return;
                        updateVoicing(chord, bar);
                        playStep(chord, beat, beats * m_pattern.gate, digit, stepVelocity(digit, bar.energy));
                        ++m_step;
                    });
    }

    void playLast(double beat) {
        const plan::Chord& chord = timeline().chordAt(beat);
        if (chord.tones == 0) return;
        m_voicing = voiced(chord, m_low, m_high, m_part.voices, m_voicing);
        strum(beat, 8.0, 84.0, m_voice == Voice::Plucked || m_voice == Voice::Struck ? 0.03 : 0.0, false);
    }

private:
    const Timeline& timeline() const { return m_performer.timeline(); }
    base::Random& random() { return m_performer.random(); }

    void updateVoicing(const plan::Chord& chord, const TimelineBar& bar) {
        if (chord == m_chord && bar.section == m_section) return;
        // A new section may start in another register, which sets it apart from the last one.
        const bool fresh = bar.section != m_section;
        m_voicing = voiced(chord, m_low, m_high, m_part.voices, fresh ? std::vector<int>{} : m_voicing);
        m_chord = chord;
        m_section = bar.section;
        m_chordStep = 0;
    }

    void hold(const TimelineBar& bar) {
        for (const double start : timeline().chordStarts(bar.beat, bar.beat + m_pattern.beats)) {
            // A chord of the bar before is still sounding unless a section begins or its four bars are over.
            const plan::Chord& chord = timeline().chordAt(start);
            const bool goesOn = start == bar.beat && !bar.opening && m_heldUntil > start + 0.01;
            if (chord.tones == 0 || goesOn) continue;
            updateVoicing(chord, bar);
            const double sectionEnd = bar.beat + (bar.sectionBars - bar.inSection) * m_pattern.beats;
            const double end = std::min({timeline().chordEnd(start), sectionEnd, start + 4.0 * m_pattern.beats});
            m_heldUntil = end;
            for (const int pitch : m_voicing)
                m_performer.play(start, end - start + 0.02, pitch, 62.0 + 26.0 * bar.energy);
        }
    }

    void strum(double beat, double beats, double velocity, double spread, bool up) {
        const auto count = static_cast<int>(m_voicing.size());
        for (int n = 0; n < count; ++n) {
            const int string = up ? count - 1 - n : n;
            if (up && string == 0 && count > 3) continue; // an upstroke misses the lowest string
            m_performer.play(beat, beats, m_voicing[static_cast<std::size_t>(string)], velocity - 1.5 * n, spread * n);
        }
    }

    int tone(int index) const {
        const auto count = static_cast<int>(m_voicing.size());
        const int octave = index >= count ? 12 : 0;
        return m_voicing[static_cast<std::size_t>(index % count)] + octave;
    }

    int bassNote(const plan::Chord& chord, bool alternate) const {
        const int root = pitchFrom(chord.root, std::max(36, m_low - 8));
        return alternate ? (root + fifthOf(chord) > m_low + 8 ? root + fifthOf(chord) - 12 : root + fifthOf(chord))
                         : root;
    }

    void playStep(const plan::Chord& chord, double beat, double beats, char digit, double velocity) {
        const std::string& figure = m_pattern.figure;
        const auto count = static_cast<int>(m_voicing.size());
        const int step = m_chordStep++;
        if (count == 0) return;
        if (figure == "strum") {
            const bool up = std::abs(beat * 2.0 - std::round(beat * 2.0)) > 0.1 || std::fmod(beat + 1e-6, 1.0) > 0.3;
            strum(beat, beats, velocity, 0.014, up);
        } else if (figure == "roll") {
            strum(beat, beats, velocity, 0.035, false);
        } else if (figure == "arpeggio") { // up and down again
            const int round = std::max(1, 2 * (count - 1)), place = step % round;
            m_performer.play(beat, beats, tone(place < count ? place : round - place), velocity);
        } else if (figure == "arpeggioUp") {
            m_performer.play(beat, beats, tone(step % count), velocity);
        } else if (figure == "alberti") { // low, high, middle, high
            static constexpr int order[] = {0, 2, 1, 2};
            m_performer.play(beat, beats, tone(std::min(order[step % 4], count - 1)), velocity);
        } else if (figure == "travis") { // the thumb on the beats, fingers between
            const bool thumb = m_step % 2 == 0;
            const int pitch =
                thumb ? bassNote(chord, m_step % 4 == 2) : tone(1 + (m_step / 2) % std::max(1, count - 1));
            m_performer.play(beat, beats, pitch, velocity);
        } else if (figure == "ballad") { // the left hand: root, fifth, octave, tenth
            const int root = pitchFrom(chord.root, std::max(33, m_low - 1));
            const int third = thirdOf(chord), fifth = fifthOf(chord);
            const int shape[] = {0, fifth, 12, 12 + third, 12 + fifth, 12 + third, 12, fifth};
            m_performer.play(beat, beats, root + shape[step % 8], velocity - (step == 0 ? 0.0 : 4.0));
        } else if (figure == "oompah") {
            if (digit >= '7')
                m_performer.play(beat, beats, bassNote(chord, m_step > 0 || step % 4 >= 2), velocity);
            else
                strum(beat, beats, velocity, 0.01, false);
        } else if (figure == "power") {
            const int root = pitchFrom(chord.root, m_low);
            // Riffs sometimes shift a tone down.
            const int shift = m_pattern.name == "power riff" && m_step >= 3 && random().chance(0.3) ? -2 : 0;
            for (const int interval : {0, fifthOf(chord), 12})
                m_performer.play(beat, beats, root + shift + interval, velocity);
        } else if (figure == "boogie") {
            const int root = pitchFrom(chord.root, m_low);
            m_performer.play(beat, beats, root, velocity);
            m_performer.play(beat, beats, root + (m_step % 2 == 0 ? fifthOf(chord) : 9), velocity);
        } else if (figure == "clav") {
            static constexpr int order[] = {0, 2, 1, 2, 0, 1, 2, 1};
            m_performer.play(beat, beats, tone(order[m_step % 8]), velocity);
            if (digit >= '8' && count > 2) m_performer.play(beat, beats, tone(count - 1), velocity - 6.0);
        } else if (figure == "montuno") { // octaves against thirds
            const int top = tone(step % 2 == 0 ? count - 1 : (step / 2) % count);
            m_performer.play(beat, beats, top, velocity);
            m_performer.play(beat, beats, top - 12, velocity);
            if (step % 2 == 0 && count > 2) m_performer.play(beat, beats, tone(count - 2), velocity - 4.0);
        } else if (figure == "bossa") {
            strum(beat, beats, velocity, 0.004, false);
            if (m_step % 2 == 0) m_performer.play(beat, 1.0, bassNote(chord, m_step % 4 == 2), velocity);
        } else { // block
            strum(beat, beats, velocity, m_voice == Voice::Struck ? 0.004 : 0.0, false);
        }
    }

    Performer& m_performer;
    const PartSketch& m_part;
    const Pattern& m_pattern;
    Voice m_voice;
    int m_low, m_high;
    plan::Chord m_chord;
    int m_section = -1, m_step = 0, m_chordStep = 0;
    double m_heldUntil = -1.0;
    std::vector<int> m_voicing;
};

} // namespace

void playChords(Performer& performer, const Vocabulary& vocabulary, const PartSketch& part, double firstSilentBeat) {
    Accompanist quiet(performer, vocabulary, part, part.style), loud(performer, vocabulary, part, part.loudStyle);
    for (const TimelineBar& bar : performer.timeline().bars()) {
        if (bar.beat < firstSilentBeat - 0.01 && bar.energy >= part.from && bar.energy < part.until)
            (bar.energy > PartSketch::loudEnergy ? loud : quiet).play(bar);
    }
    if (firstSilentBeat < performer.timeline().beats()) quiet.playLast(firstSilentBeat);
}

} // namespace n2m::composer
