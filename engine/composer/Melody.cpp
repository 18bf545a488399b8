#include "engine/composer/Melody.h"

#include "engine/composer/Ornament.h"
#include "engine/composer/Voicing.h"

#include <cmath>
#include <map>

namespace n2m::composer {

namespace {

/// A bar of melody without its pitches: onsets, lengths, and the steps on the scale from note to note.
struct Cell {
    struct Event {
        double beat = 0.0, beats = 0.5;
        int move = 0;
    };
    std::vector<Event> events;
};

struct Tune {
    std::vector<Cell> cells; ///< a, b and the ending
    std::vector<int> order;  ///< of a phrase: indices into cells
};

class Melodist {
public:
    Melodist(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch)
        : m_performer(performer)
        , m_sketch(sketch)
        , m_style(vocabulary.genre(sketch.attributes.genre).melody)
        , m_mood(vocabulary.mood(sketch.attributes.mood))
        , m_instrument(vocabulary.instrument(sketch.attributes.lead))
        , m_tunes(base::Random(sketch.seed).stream("tunes"))
        , m_ornament(performer, m_instrument, sketch) {
        base::Random random = base::Random(sketch.seed).stream("melody");
        m_scale = m_style.scale;
        if (random.chance(m_mood.phrygian)) m_scale = "phrygian";
        if (random.chance(m_mood.lydian) && !sketch.attributes.minor) m_scale = "lydian";
        m_chromatic = random.chance(m_mood.chromatic) || m_style.scale == "bebop";
        m_centre = (m_instrument.low + m_instrument.high) / 2 + 2 + m_mood.registers;
        m_centre = std::clamp(m_centre, m_instrument.low + 8, m_instrument.high - 8);
        m_legato = std::clamp(0.82 + m_mood.legato, 0.4, 1.04);
        const double barSeconds = timeline().secondsPerBeat() * timeline().beatsPerBar();
        m_phraseBars = barSeconds > 3.1 ? 2 : 4;
        m_pitch = m_centre;
        m_restsIntro = random.chance(0.55) && !sketch.alone;
        m_restsBreak = random.chance(0.3) && !sketch.alone;
    }

    void play(const TimelineBar& bar) {
        if (rests(bar)) return;
        Tune& tune = tuneOf(*bar.name, bar.energy);
        const int inPhrase = bar.inSection % m_phraseBars;
        const bool lastOfPhrase = inPhrase == m_phraseBars - 1 || bar.inSection == bar.sectionBars - 1;
        const int which = lastOfPhrase ? tune.order.back() : tune.order[static_cast<std::size_t>(inPhrase)];
        Cell cell = tune.cells[static_cast<std::size_t>(which)];
        if (bar.inSection >= m_phraseBars && random().chance(0.3)) vary(cell);
        playCell(cell, bar, inPhrase, lastOfPhrase);
    }

    void playLast(double beat) {
        const int root = nearest(m_pitch, [&](int p) { return p % 12 == timeline().plan().key.tonic; });
        m_ornament.play(beat, 8.0, root, 92.0, true);
    }

private:
    const Timeline& timeline() const { return m_performer.timeline(); }
    base::Random& random() { return m_performer.random(); }

    bool rests(const TimelineBar& bar) const {
        if (bar.sectionBars >= static_cast<int>(timeline().bars().size())) return false;
        return (*bar.name == "intro" && m_restsIntro) || (*bar.name == "break" && m_restsBreak);
    }

    // Notes to a beat of the finest grid.
    int grid() const {
        if (m_sketch.attributes.feel == "triplet") return 3;
        if (m_sketch.attributes.feel == "swing8") return 2;
        if (timeline().beatsPerBar() == 6) return timeline().plan().bpm > 110.0 ? 1 : 2; // the beats are eighths
        return timeline().plan().bpm > 126.0 ? 2 : 4;
    }

    double notesPerBeat(double energy) const {
        const double density = std::clamp(
            m_style.density + 0.7 * m_mood.density + 0.25 * (energy - 0.5) + m_sketch.melodyDensity, 0.02, 1.0);
        double perSecond = 0.7 + 3.0 * density;
        if (m_style.style == "long") perSecond = 0.35 + 1.5 * density;
        if (m_style.style == "solo") perSecond = 0.9 + 4.3 * density;
        if (m_style.style == "riff") perSecond = 0.8 + 3.4 * density;
        if (m_style.style == "sequence") perSecond = 2.2 + 3.0 * density;
        if (m_style.style == "dance") perSecond = 2.6 + 4.0 * density;
        return std::clamp(perSecond * timeline().secondsPerBeat(), 0.25, static_cast<double>(grid()));
    }

    Tune& tuneOf(const std::string& name, double energy) {
        const std::string kind = name == "intro" || name == "outro" ? "verse" : name;
        const auto found = m_known.find(kind);
        if (found != m_known.end()) return found->second;
        base::Random random = m_tunes.stream(kind);
        Tune tune;
        tune.cells = {cell(random, energy, false), cell(random, energy, false), cell(random, energy, true)};
        if (m_style.style == "solo" || name == "solo") {
            tune.cells.push_back(cell(random, energy + 0.3, false));
            tune.cells.push_back(cell(random, energy + 0.3, false));
        }
        static const std::vector<std::vector<int>> orders{{0, 0, 1, 2}, {0, 1, 0, 2}, {0, 0, 0, 2}, {0, 1, 1, 2}};
        static const std::vector<std::vector<int>> soloOrders{{0, 1, 3, 2}, {3, 4, 1, 2}, {0, 3, 4, 2}};
        static const std::vector<std::vector<int>> riffOrders{{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 0, 0, 2}};
        tune.order = m_style.style == "riff" ? random.pick(riffOrders)
                     : tune.cells.size() > 3 ? random.pick(soloOrders)
                                             : random.pick(orders);
        if (m_phraseBars == 2) tune.order = {tune.order[0], tune.order[3]};
        return m_known.emplace(kind, tune).first->second;
    }

    // Draws onsets by their weight in the bar: much syncopation avoids the beats, little keeps to them.
    Cell cell(base::Random& random, double energy, bool ending) const {
        const int perBeat = grid(), beats = timeline().beatsPerBar(), slots = perBeat * beats;
        const double wanted = notesPerBeat(energy) * beats * (ending ? 0.6 : 1.0) * random.between(0.85, 1.2);
        const int count = std::clamp(static_cast<int>(std::lround(wanted)), 1, slots);
        std::vector<double> weights;
        for (int n = 0; n < slots; ++n) {
            const int place = n % perBeat;
            double weight = n == 0 ? 1.6 : place == 0 ? 1.0 - 0.5 * m_style.syncopation : 0.0;
            if (place != 0)
                weight = (2 * place == perBeat ? 0.3 + 0.7 * m_style.syncopation : 0.08 + 0.3 * m_style.syncopation);
            if (perBeat == 3 && place == 2) weight += 0.3;
            if (ending && n >= slots * 5 / 8) weight *= 0.05;
            weights.push_back(weight);
        }
        if (m_style.style == "riff" && random.chance(0.4)) weights[0] = 0.3;
        std::vector<bool> on(static_cast<std::size_t>(slots), false);
        for (int n = 0; n < count; ++n) {
            const std::size_t slot = random.weighted(weights);
            on[slot] = true;
            weights[slot] = 0.0;
        }
        Cell result;
        for (int n = 0; n < slots; ++n)
            if (on[static_cast<std::size_t>(n)])
                result.events.push_back({static_cast<double>(n) / perBeat, 0.0, move(random)});
        for (std::size_t n = 0; n < result.events.size(); ++n) {
            const bool last = n + 1 == result.events.size();
            const double end = last ? beats - (ending ? 0.5 : 0.0) : result.events[n + 1].beat;
            const double room = end - result.events[n].beat;
            const double longest = m_style.style == "long" ? 8.0 : m_style.style == "riff" ? 1.0 : 2.5;
            result.events[n].beats = std::min(room, longest);
            if (!last && room >= 1.0 && random.chance(0.2)) result.events[n].beats *= 0.6; // a rest inside
        }
        return result;
    }

    int move(base::Random& random) const {
        static const std::vector<std::pair<int, double>> steps{{-2, 1.0}, {-1, 3.0}, {0, 1.2}, {1, 3.0}, {2, 1.0}};
        if (random.chance(0.14 + 0.3 * m_mood.leap))
            return random.chance(0.6) ? random.integer(3, 5) : -random.integer(3, 4);
        return random.weighted(steps);
    }

    void vary(Cell& cell) {
        auto& event =
            cell.events[static_cast<std::size_t>(random().integer(0, static_cast<int>(cell.events.size()) - 1))];
        if (event.beats >= 0.9 && random().chance(0.5)) { // split a note in two
            const Cell::Event second{event.beat + event.beats / 2.0, event.beats / 2.0, random().chance(0.5) ? 1 : -1};
            event.beats /= 2.0;
            cell.events.push_back(second);
            std::sort(cell.events.begin(), cell.events.end(),
                      [](const auto& a, const auto& b) { return a.beat < b.beat; });
        } else {
            event.move += random().chance(0.5) ? 1 : -1;
        }
    }

    template <typename Fits> int nearest(int pitch, Fits fitting) const {
        for (int distance = 0; distance < 13; ++distance) {
            for (const int candidate : {pitch + distance, pitch - distance})
                if (candidate >= m_instrument.low && candidate <= m_instrument.high && fitting(candidate))
                    return candidate;
        }
        return pitch;
    }

    // The pitch that the line moves to in this bar: an arch over the phrase, bent by the mood, higher in loud sections.
    int goal(const TimelineBar& bar, int inPhrase) const {
        static constexpr int arch[] = {0, 2, 4, -1};
        double shift = m_phraseBars == 2 ? 2 * inPhrase : arch[inPhrase];
        const double done = static_cast<double>(inPhrase) / m_phraseBars;
        shift += m_mood.rise * (6.0 * done - 1.0) - m_mood.fall * (6.0 * done - 3.0);
        shift += 7.0 * (bar.energy - 0.6);
        return m_centre + static_cast<int>(std::lround(shift));
    }

    int stepOnScale(int from, int steps, const std::vector<int>& scale) const {
        int pitch = from;
        for (int left = std::abs(steps); left > 0;) {
            pitch += steps > 0 ? 1 : -1;
            if (pitch < m_instrument.low || pitch > m_instrument.high) return from;
            if (std::find(scale.begin(), scale.end(), pitch % 12) != scale.end()) --left;
        }
        return pitch;
    }

    void playCell(const Cell& cell, const TimelineBar& bar, int inPhrase, bool lastOfPhrase) {
        const int target = goal(bar, inPhrase);
        bool first = true;
        for (std::size_t n = 0; n < cell.events.size(); ++n) {
            const Cell::Event& event = cell.events[n];
            const double beat = bar.beat + event.beat;
            // A syncopated note before a chord change already belongs to the next chord.
            const bool anticipates = timeline().chordEnd(beat) - beat < 0.55 && event.beats > 0.4 && event.beat > 0.1;
            const plan::Chord& chord = timeline().chordAt(anticipates ? timeline().chordEnd(beat) + 0.01 : beat);
            const std::vector<int> scale = scaleOver(timeline().plan().key, m_scale, chord);
            const bool closing = lastOfPhrase && n + 1 == cell.events.size();
            const bool strong = event.beat == std::floor(event.beat) || event.beats >= 0.9 || anticipates;
            int pitch = first ? (m_pitch + 2 * target) / 3 : stepOnScale(m_pitch, event.move, scale);
            // A line that is too far from its goal moves back.
            if (pitch > target + 8) pitch = stepOnScale(m_pitch, -2, scale);
            if (pitch < target - 8) pitch = stepOnScale(m_pitch, 2, scale);
            if (closing && bar.inSection == bar.sectionBars - 1 && random().chance(0.7))
                pitch = nearest(pitch, [&](int p) { return p % 12 == chord.root; });
            else if (chord.tones != 0 && (closing || first || (strong && random().chance(0.75))))
                pitch = nearest(pitch, [&](int p) { return isChordTone(chord, p); });
            else
                pitch =
                    nearest(pitch, [&](int p) { return std::find(scale.begin(), scale.end(), p % 12) != scale.end(); });
            const double beats = closing ? std::max(event.beats, 1.0) : event.beats;
            const double accent = (event.beat == 0.0 ? 6.0 : strong ? 2.0 : -5.0) + 5.0 * random().bell() / 2.0;
            const double velocity = 84.0 + 18.0 * bar.energy + accent + (closing ? -4.0 : 0.0);
            if (m_chromatic && strong && !first && random().chance(0.25) && event.beat >= 0.5)
                m_performer.play(beat - 0.25, 0.22, pitch - 1, velocity - 18.0);
            m_ornament.play(beat, beats * (closing ? 1.0 : m_legato), pitch, velocity, strong, &chord);
            m_pitch = pitch;
            first = false;
        }
    }

    Performer& m_performer;
    const Sketch& m_sketch;
    const MelodyStyle& m_style;
    const Mood& m_mood;
    const Instrument& m_instrument;
    base::Random m_tunes;
    Ornament m_ornament;
    std::string m_scale;
    bool m_chromatic = false, m_restsIntro = false, m_restsBreak = false;
    int m_centre = 72, m_pitch = 72, m_phraseBars = 4;
    double m_legato = 0.9;
    std::map<std::string, Tune> m_known;
};

} // namespace

std::vector<int> scaleOver(const plan::Key& key, const std::string& scale, const plan::Chord& chord) {
    using Steps = std::vector<int>;
    const bool minor = key.minor;
    Steps steps = minor ? Steps{0, 2, 3, 5, 7, 8, 10} : Steps{0, 2, 4, 5, 7, 9, 11};
    if (scale == "pentatonic") steps = minor ? Steps{0, 3, 5, 7, 10} : Steps{0, 2, 4, 7, 9};
    if (scale == "blues") steps = minor ? Steps{0, 3, 5, 6, 7, 10} : Steps{0, 2, 3, 4, 7, 9, 10};
    if (scale == "modal") steps = minor ? Steps{0, 2, 3, 5, 7, 9, 10} : Steps{0, 2, 4, 5, 7, 9, 10};
    if (scale == "harmonic" && minor) steps = {0, 2, 3, 5, 7, 8, 11};
    if (scale == "minimal") steps = minor ? Steps{0, 3, 7, 10} : Steps{0, 4, 7, 9};
    if (scale == "phrygian") steps = {0, 1, 3, 5, 7, 8, 10};
    if (scale == "lydian") steps = {0, 2, 4, 6, 7, 9, 11};
    std::vector<int> result = chordTones(chord);
    const auto clashes = [&](int pitchClass) {
        return std::any_of(result.begin(), result.end(), [&](int tone) {
            const int distance = (pitchClass - tone + 12) % 12;
            return (distance == 1 || distance == 11) && isChordTone(chord, tone);
        });
    };
    for (const int step : steps) {
        const int pitchClass = (key.tonic + step) % 12;
        if (std::find(result.begin(), result.end(), pitchClass) != result.end()) continue;
        // A scale tone a semitone from a tone that the scale lacks sounds dissonant; the scale's own pairs do not.
        const bool foreign = std::any_of(result.begin(), result.end(), [&](int tone) {
            const int degree = (tone - key.tonic + 12) % 12;
            return isChordTone(chord, tone) && std::find(steps.begin(), steps.end(), degree) == steps.end();
        });
        if (!foreign || !clashes(pitchClass)) result.push_back(pitchClass);
    }
    std::sort(result.begin(), result.end());
    return result;
}

void playMelody(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, double firstSilentBeat) {
    Melodist melodist(performer, vocabulary, sketch);
    for (const TimelineBar& bar : performer.timeline().bars())
        if (bar.beat < firstSilentBeat - 0.01) melodist.play(bar);
    if (firstSilentBeat < performer.timeline().beats()) melodist.playLast(firstSilentBeat);
}

} // namespace n2m::composer
