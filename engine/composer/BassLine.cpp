#include "engine/composer/BassLine.h"

#include "engine/composer/Voicing.h"

#include <cstdlib>

namespace n2m::composer {

namespace {

class Bassist {
public:
    Bassist(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, const PartSketch& part, bool loud)
        : m_performer(performer)
        , m_pattern(vocabulary.bass(loud ? part.loudStyle : part.style))
        , m_low(vocabulary.instrument(part.instrument).low)
        , m_high(vocabulary.instrument(part.instrument).high) {
        if (!sketch.drums.empty()) {
            const DrumPattern& drums = vocabulary.drums(loud ? sketch.loudDrums : sketch.drums);
            if (drums.lanes.contains("kick") && drums.beats == m_pattern.beats) {
                m_kick = drums.lanes.at("kick");
                m_kickSteps = drums.stepsPerBar();
            }
        }
    }

    void play(const TimelineBar& bar) {
        if (m_pattern.steps == "walk")
            walk(bar);
        else if (m_pattern.steps.starts_with("kick"))
            followKick(bar);
        else
            forEachStep(m_pattern.steps, m_pattern.stepsPerBar(), m_pattern.beats, bar.inSection, bar.beat,
                        [&](double beat, double beats, char token) { playToken(bar, beat, beats, token); });
    }

    void playLast(double beat) { note(beat, 8.0, rootOf(chordAt(beat)), 92.0); }

private:
    base::Random& random() { return m_performer.random(); }
    const plan::Chord& chordAt(double beat) const { return m_performer.timeline().chordAt(beat); }

    int rootOf(const plan::Chord& chord) const { return pitchFrom(chord.root, m_low); }

    void note(double beat, double beats, int pitch, double velocity) {
        while (pitch > m_high)
            pitch -= 12;
        while (pitch < m_low)
            pitch += 12;
        m_performer.play(beat, beats, pitch, velocity);
        m_last = pitch;
    }

    int pitchOf(char token, double beat, double beats) {
        const plan::Chord& chord = chordAt(beat);
        const int root = rootOf(chord);
        switch (token) {
        case '3':
            return root + thirdOf(chord);
        case '5':
            return root + fifthOf(chord);
        case '6':
            return root + 9;
        case '7':
            return root + (isChordTone(chord, chord.root + 11) ? 11 : 10);
        case '8':
            return root + 12;
        case 'N':
            return rootOf(chordAt(beat + beats + 0.01));
        case 'a': {
            const int next = rootOf(chordAt(beat + beats + 0.01));
            return next == root ? root + fifthOf(chord) : next + (next > root ? -1 : 1);
        }
        default:
            return root;
        }
    }

    void playToken(const TimelineBar& bar, double beat, double beats, char token) {
        if (chordAt(beat).tones == 0) return;
        const bool soft = token == 'r';
        if (soft && random().chance(0.12)) return;
        const char accent = token == 'R' ? '8' : soft ? '5' : '7';
        note(beat, beats * m_pattern.gate, pitchOf(token, beat, beats), stepVelocity(accent, bar.energy));
        // A line of long notes leads into a new section with a short one.
        if (bar.fill && beats >= 2.0 && beat + beats > bar.beat + m_pattern.beats - 0.01 && random().chance(0.5)) {
            note(bar.beat + m_pattern.beats - 0.5, 0.4, pitchOf('a', bar.beat + m_pattern.beats - 0.5, 0.5),
                 stepVelocity('7', bar.energy));
        }
    }

    void followKick(const TimelineBar& bar) {
        const bool octaves = m_pattern.steps == "kick8";
        const std::string steps = m_kick.empty() ? "9.7.7.7.9.7.7.7." : m_kick;
        const int perBar = m_kick.empty() ? 16 : m_kickSteps;
        std::vector<double> beats;
        forEachStep(steps, perBar, m_pattern.beats, bar.inSection, bar.beat, [&](double beat, double, char digit) {
            if (digit > '3') beats.push_back(beat);
        });
        if (beats.empty() || beats.front() > bar.beat + 0.01) beats.insert(beats.begin(), bar.beat);
        for (std::size_t n = 0; n < beats.size(); ++n) {
            const double end = n + 1 < beats.size() ? beats[n + 1] : bar.beat + m_pattern.beats;
            const double length = std::min(1.5, end - beats[n]) * m_pattern.gate;
            const bool up = octaves ? n % 2 == 1 : n + 1 == beats.size() && bar.fill;
            note(beats[n], length, pitchOf(up ? (octaves ? '8' : '5') : 'R', beats[n], 1.0),
                 stepVelocity(n == 0 ? '8' : '7', bar.energy));
            if (octaves && length > 0.9) // an octave between the kicks
                note(beats[n] + 0.5, 0.4, pitchOf('8', beats[n], 0.5), stepVelocity('6', bar.energy));
        }
    }

    // Quarter notes: the root where a chord begins, chord tones or steps towards the next root, a semitone before it
    // (Levine, The Jazz Theory Book).
    void walk(const TimelineBar& bar) {
        for (int n = 0; n < m_pattern.beats; ++n) {
            const double beat = bar.beat + n;
            const plan::Chord& chord = chordAt(beat);
            if (chord.tones == 0) continue;
            const double chordEnd = m_performer.timeline().chordEnd(beat);
            const bool first = n == 0 || &chordAt(beat - 1.0) != &chord;
            int pitch = rootOf(chord);
            if (first && !(n == 0 && m_last > 0 && random().chance(0.12))) {
                if (m_last > 0 && std::abs(pitch + 12 - m_last) < std::abs(pitch - m_last)) pitch += 12;
            } else if (beat + 1.0 > chordEnd - 0.01) {
                int target = rootOf(chordAt(chordEnd + 0.01));
                if (std::abs(target + 12 - m_last) < std::abs(target - m_last)) target += 12;
                pitch = target + (random().chance(0.5) ? 1 : -1);
            } else {
                std::vector<int> choices;
                for (int step = -5; step <= 5; ++step)
                    if (step != 0 && isChordTone(chord, m_last + step) && m_last + step >= m_low &&
                        m_last + step <= m_low + 22)
                        choices.push_back(m_last + step);
                pitch = choices.empty() ? pitch : random().pick(choices);
            }
            note(beat, m_pattern.gate, pitch, stepVelocity(n % 2 == 1 ? '8' : '7', bar.energy));
            if (random().chance(0.1)) note(beat + 0.5, 0.4, m_last, stepVelocity('5', bar.energy)); // a skip
        }
    }

    Performer& m_performer;
    const Pattern& m_pattern;
    int m_low, m_high, m_last = 0, m_kickSteps = 16;
    std::string m_kick;
};

} // namespace

void playBass(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, const PartSketch& part,
              double firstSilentBeat) {
    Bassist quiet(performer, vocabulary, sketch, part, false), loud(performer, vocabulary, sketch, part, true);
    for (const TimelineBar& bar : performer.timeline().bars()) {
        if (bar.beat < firstSilentBeat - 0.01 && bar.energy >= part.from && bar.energy < part.until)
            (bar.energy > PartSketch::loudEnergy ? loud : quiet).play(bar);
    }
    if (firstSilentBeat < performer.timeline().beats()) quiet.playLast(firstSilentBeat);
}

} // namespace n2m::composer
