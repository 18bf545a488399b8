#include "engine/composer/Drums.h"

#include <array>
#include <map>

namespace n2m::composer {

namespace {

// General MIDI percussion.
const std::map<std::string, int>& drumPitches() {
    static const std::map<std::string, int> pitches{
        {"kick", 36},      {"snare", 38},      {"rim", 37},     {"clap", 39},      {"hat", 42},      {"pedal", 44},
        {"open", 46},      {"crash", 49},      {"ride", 51},    {"bell", 53},      {"tomHigh", 50},  {"tomMiddle", 47},
        {"tomLow", 43},    {"tambourine", 54}, {"cowbell", 56}, {"shaker", 82},    {"maracas", 70},  {"congaMute", 62},
        {"congaHigh", 63}, {"congaLow", 64},   {"timbale", 65}, {"agogoHigh", 67}, {"agogoLow", 68}, {"guiro", 73},
        {"clave", 75},     {"triangle", 81}};
    return pitches;
}

bool isElectronic(const Sketch& sketch) {
    return sketch.pump > 0.0 || sketch.kit == 25 || sketch.kit == 24;
}

struct Fill {
    int beats;
    std::array<const char*, 4> lanes; // snare, high, middle and low tom; four steps per beat
};

const std::vector<Fill> loudFills{
    {1, {"8866", "....", "....", "...."}},
    {2, {"88..8...", "..88....", "....78..", "......88"}},
    {2, {"8.88....", "....88..", "......8.", ".......8"}},
    {1, {"8...", ".88.", "....", "...8"}},
    {2, {"5566778.", "........", "......8.", "......88"}},
    {4, {"8.......8...8...", "..88......88....", "....88........8.", "......88......88"}}};
const std::vector<Fill> softFills{{1, {"4.45", "....", "....", "...."}},
                                  {1, {"..5.", "....", "4...", "...5"}},
                                  {2, {"4.4.5...", ".....4..", "......4.", ".......5"}}};

class Drummer {
public:
    Drummer(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, const std::string& pattern)
        : m_performer(performer)
        , m_sketch(sketch)
        , m_pattern(vocabulary.drums(pattern))
        , m_electronic(isElectronic(sketch))
        , m_soft(sketch.drumGain <= -6.0) {}

    void play(const TimelineBar& bar) {
        if (!drumsPlay(m_sketch, bar)) {
            pickUp(bar);
            return;
        }
        const double fillBeats = bar.fill ? playFill(bar) : 0.0;
        const double end = bar.beat + m_pattern.beats - fillBeats;
        for (const auto& [lane, steps] : m_pattern.lanes)
            playLane(lane, steps, bar, end);
        if (bar.opening && bar.energy > 0.55 && !m_soft && (bar.index > 0 || m_performer.random().chance(0.6)))
            hit(bar.beat, "crash", 88.0 + 20.0 * bar.energy);
    }

private:
    base::Random& random() { return m_performer.random(); }

    void hit(double beat, const std::string& lane, double velocity) {
        m_performer.play(beat, lane == "crash" || lane == "ride" || lane == "open" ? 1.0 : 0.2, drumPitches().at(lane),
                         velocity);
    }

    bool isQuietLane(const std::string& lane) const {
        return lane == "hat" || lane == "shaker" || lane == "ride" || lane == "pedal" || lane == "maracas" ||
               lane == "tambourine" || lane == "rim" || lane == "clave" || lane == "guiro";
    }

    void playLane(const std::string& lane, const std::string& steps, const TimelineBar& bar, double end) {
        const bool thin = bar.energy < m_sketch.drumsFrom + 0.12;
        if (thin && !isQuietLane(lane) && lane != "kick") return;
        if (thin && m_electronic && lane == "kick" && *bar.name != "intro") return;
        std::string played = lane;
        // A loud section moves from the closed hat to the ride or the open hat.
        if (bar.energy > 0.84 && lane == "hat" && !m_electronic && !m_soft && bar.section % 2 == 1) played = "ride";
        forEachStep(steps, m_pattern.stepsPerBar(), m_pattern.beats, bar.inSection, bar.beat,
                    [&](double beat, double, char digit) {
                        if (beat > end - 0.01) return;
                        const bool ghost = digit <= '3';
                        if (ghost && random().chance(0.25)) return;
                        hit(beat, played, stepVelocity(digit, bar.energy) - (m_soft ? 6.0 : 0.0));
                    });
        // Variety: sometimes another kick, or an open hat.
        if (lane == "kick" && !m_electronic && !m_soft && bar.energy > 0.6 && random().chance(0.18))
            hit(bar.beat + m_pattern.beats - 0.5, "kick", 74.0);
        if (lane == "hat" && !m_soft && !bar.fill && random().chance(0.15))
            hit(bar.beat + m_pattern.beats - 0.5, "open", 70.0);
    }

    // Returns how many beats the fill takes from the pattern.
    double playFill(const TimelineBar& bar) {
        if (m_electronic && *bar.name == "build") return playRoll(bar);
        if (m_electronic && random().chance(0.6)) { // everything but the hats pauses before the drop
            for (int n = 0; n < 4; ++n)
                if (random().chance(0.5)) hit(bar.beat + m_pattern.beats - 1 + 0.25 * n, "snare", 60.0 + 10.0 * n);
            return 1.0;
        }
        const Fill& fill = random().pick(m_soft || bar.energy < 0.5 ? softFills : loudFills);
        static const std::array<std::string, 4> lanes{"snare", "tomHigh", "tomMiddle", "tomLow"};
        const int beats = std::min(fill.beats, m_pattern.beats);
        const bool triplet = m_pattern.triplet;
        for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
            for (int n = 0; n < beats * 4; ++n) {
                const char digit = fill.lanes[lane][n];
                if (digit == '.' || (triplet && n % 4 == 3)) continue;
                const double within = triplet ? n % 4 / 3.0 : n % 4 / 4.0;
                hit(bar.beat + m_pattern.beats - beats + n / 4 + within, lanes[lane],
                    stepVelocity(digit, bar.energy) + 1.5 * n);
            }
        }
        return beats;
    }

    double playRoll(const TimelineBar& bar) {
        const int steps = 4 * m_pattern.beats;
        for (int n = 0; n < steps; ++n)
            if (n >= steps / 2 || n % 2 == 0) hit(bar.beat + 0.25 * n, "snare", 45.0 + 55.0 * n / steps);
        return 0.0;
    }

    // The drums enter with a pick-up.
    void pickUp(const TimelineBar& bar) {
        if (!bar.fill || m_soft || m_electronic) return;
        const auto& bars = m_performer.timeline().bars();
        const auto next = static_cast<std::size_t>(bar.index) + 1;
        if (next >= bars.size() || !drumsPlay(m_sketch, bars[next])) return;
        for (int n = 0; n < 4; ++n)
            hit(bar.beat + m_pattern.beats - 1 + 0.25 * n, n < 2 ? "snare" : "tomLow", 62.0 + 9.0 * n);
    }

    Performer& m_performer;
    const Sketch& m_sketch;
    const DrumPattern& m_pattern;
    bool m_electronic, m_soft;
};

} // namespace

bool drumsPlay(const Sketch& sketch, const TimelineBar& bar) {
    return !sketch.drums.empty() && bar.energy >= sketch.drumsFrom;
}

void playDrums(Performer& performer, const Vocabulary& vocabulary, const Sketch& sketch, double firstSilentBeat) {
    Drummer quiet(performer, vocabulary, sketch, sketch.drums), loud(performer, vocabulary, sketch, sketch.loudDrums);
    for (const TimelineBar& bar : performer.timeline().bars())
        if (bar.beat < firstSilentBeat - 0.01) (bar.energy > PartSketch::loudEnergy ? loud : quiet).play(bar);
    if (firstSilentBeat < performer.timeline().beats()) {
        performer.play(firstSilentBeat, 1.0, 36, 96.0);
        if (sketch.drumGain > -6.0) performer.play(firstSilentBeat, 4.0, 49, 92.0);
    }
}

} // namespace n2m::composer
