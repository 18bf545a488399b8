#include "engine/plan/ScoreRoll.h"

#include "engine/plan/BeatGrid.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>

namespace n2m::plan {

namespace {

constexpr float onset = 1.0f, held = 0.5f;
constexpr float soundsAbove = 0.25f, beginsAbove = 0.75f, struckAbove = 0.3f;
constexpr float loudnessUnit = 117.5f;
constexpr int middling = 80; // velocity
constexpr double struckSeconds = 0.1;

constexpr std::array<ScoreLanes, scoreSlotCount> allLanes{
    {{0, 48, -16}, {48, 52, -24}, {100, 52, -24}, {152, 32, -36}, {184, 18, 0}}};

// The percussion of a lane; the first is the one that a roll is read as.
const std::array<std::vector<int>, 18>& drumKinds() {
    static const std::array<std::vector<int>, 18> kinds{{{36, 35},
                                                         {38, 40},
                                                         {37},
                                                         {39},
                                                         {42},
                                                         {44},
                                                         {46},
                                                         {49, 52, 55, 57},
                                                         {51, 53, 59},
                                                         {50, 48},
                                                         {47, 45},
                                                         {43, 41},
                                                         {54},
                                                         {82, 69, 70, 81},
                                                         {63, 60, 62, 65},
                                                         {64, 61, 66},
                                                         {56, 67, 68},
                                                         {75, 73, 74, 76, 77}}};
    return kinds;
}

int drumLane(int pitch) {
    const auto& kinds = drumKinds();
    for (std::size_t lane = 0; lane < kinds.size(); ++lane) {
        if (std::find(kinds[lane].begin(), kinds[lane].end(), pitch) != kinds[lane].end())
            return static_cast<int>(lane);
    }
    return -1;
}

int pitchLane(int pitch, int tonic, const ScoreLanes& lanes) {
    int lane = pitch - tonic - lanes.lowest;
    while (lane < 0)
        lane += 12;
    while (lane >= lanes.count)
        lane -= 12;
    return lane;
}

float& at(std::vector<float>& roll, int positions, int channel, int position) {
    return roll[static_cast<std::size_t>(channel) * static_cast<std::size_t>(positions) +
                static_cast<std::size_t>(position)];
}

struct PlacedNote {
    int from, until; // positions
    const Note* note;
};

std::vector<PlacedNote> placed(const Part& part, const BeatGrid& grid, int positions, int firstBeat) {
    std::vector<PlacedNote> notes;
    const auto positionAt = [&](double seconds) {
        return static_cast<int>(std::lround((grid.beatAt(seconds) - firstBeat) * positionsPerBeat));
    };
    for (const Note& note : part.notes) {
        const int from = positionAt(note.start);
        if (from < 0 || from >= positions) continue;
        notes.push_back({from, std::clamp(positionAt(note.end), from + 1, positions), &note});
    }
    std::stable_sort(notes.begin(), notes.end(),
                     [](const PlacedNote& a, const PlacedNote& b) { return a.from < b.from; });
    return notes;
}

void drawPitched(std::vector<float>& roll, int positions, const ScoreLanes& lanes, int loudnessChannel, int tonic,
                 const std::vector<PlacedNote>& notes) {
    for (const PlacedNote& each : notes) {
        const int channel = lanes.first + pitchLane(each.note->pitch, tonic, lanes);
        for (int position = each.from; position < each.until; ++position)
            at(roll, positions, channel, position) = held;
    }
    // Beginnings are drawn last, so that no note covers the next one's.
    for (std::size_t n = 0; n < notes.size();) {
        std::size_t end = n;
        int sum = 0;
        for (; end < notes.size() && notes[end].from == notes[n].from; ++end) {
            at(roll, positions, lanes.first + pitchLane(notes[end].note->pitch, tonic, lanes), notes[n].from) = onset;
            sum += notes[end].note->velocity;
        }
        const float loudness =
            (static_cast<float>(sum) / static_cast<float>(end - n) - static_cast<float>(middling)) / loudnessUnit;
        const int until = end < notes.size() ? notes[end].from : positions;
        for (int position = notes[n].from; position < until; ++position)
            at(roll, positions, loudnessChannel, position) = loudness;
        n = end;
    }
}

void drawDrums(std::vector<float>& roll, int positions, const ScoreLanes& lanes, const std::vector<PlacedNote>& notes) {
    for (const PlacedNote& each : notes) {
        const int lane = drumLane(each.note->pitch);
        if (lane < 0) continue;
        float& value = at(roll, positions, lanes.first + lane, each.from);
        value = std::max(value, 0.5f + 0.5f * static_cast<float>(each.note->velocity) / 127.0f);
    }
}

// Reads what drawPitched() and drawDrums() drew, and somewhat noisy forms of it.
class RollReader {
public:
    RollReader(std::span<const float> roll, int positions, const Plan& plan, int firstBeat,
               const SlotPrograms& programs)
        : m_roll(roll)
        , m_positions(positions)
        , m_plan(plan)
        , m_grid(plan)
        , m_firstBeat(firstBeat)
        , m_programs(programs) {}

    Part part(ScoreSlot slot) const {
        Part part;
        part.role = roleOf(slot);
        part.program = programOf(slot);
        const ScoreLanes lanes = lanesOf(slot);
        for (int lane = 0; lane < lanes.count; ++lane) {
            if (slot == ScoreSlot::Drums)
                readDrum(lanes.first + lane, drumKinds()[static_cast<std::size_t>(lane)].front(), part.notes);
            else
                readPitch(lanes.first + lane, tonicPitch(m_plan.key) + lanes.lowest + lane,
                          firstLoudnessChannel + static_cast<int>(slot), part.notes);
        }
        std::sort(part.notes.begin(), part.notes.end(), [](const Note& a, const Note& b) {
            return a.start != b.start ? a.start < b.start : a.pitch < b.pitch;
        });
        return part;
    }

private:
    float value(int channel, int position) const {
        return m_roll[static_cast<std::size_t>(channel) * static_cast<std::size_t>(m_positions) +
                      static_cast<std::size_t>(position)];
    }
    double seconds(int position) const {
        const double exact = m_grid.secondsAt(m_firstBeat + static_cast<double>(position) / positionsPerBeat);
        return std::round(exact * 1000.0) / 1000.0; // as in plan files
    }
    void add(std::vector<Note>& notes, double start, double end, int pitch, double velocity) const {
        start = std::max(start, 0.0);
        end = std::min(end, m_plan.seconds);
        if (pitch < 0 || pitch > 127 || end - start < 0.02) return;
        notes.push_back({start, end, pitch, static_cast<int>(std::lround(std::clamp(velocity, 8.0, 126.0)))});
    }
    void readPitch(int channel, int pitch, int loudnessChannel, std::vector<Note>& notes) const {
        for (int from = 0; from < m_positions;) {
            if (value(channel, from) <= soundsAbove) {
                ++from;
                continue;
            }
            int until = from + 1;
            while (until < m_positions && value(channel, until) > soundsAbove && value(channel, until) <= beginsAbove)
                ++until;
            add(notes, seconds(from), seconds(until), pitch, middling + loudnessUnit * value(loudnessChannel, from));
            from = until;
        }
    }
    void readDrum(int channel, int pitch, std::vector<Note>& notes) const {
        for (int position = 0; position < m_positions; ++position) {
            const float strike = value(channel, position);
            if (strike <= struckAbove) continue;
            const double start = seconds(position);
            add(notes, start, start + struckSeconds, pitch, 254.0 * (static_cast<double>(strike) - 0.5));
        }
    }
    int programOf(ScoreSlot slot) const {
        std::array<float, instrumentBits> sums{};
        const int first = firstInstrumentChannel + instrumentBits * static_cast<int>(slot);
        for (int bit = 0; bit < instrumentBits; ++bit)
            for (int position = 0; position < m_positions; ++position)
                sums[static_cast<std::size_t>(bit)] += value(first + bit, position);
        std::vector<int> candidates = m_programs[static_cast<std::size_t>(slot)];
        if (candidates.empty()) {
            candidates.resize(128);
            std::iota(candidates.begin(), candidates.end(), 0);
        }
        int best = candidates.front();
        float most = -1e30f;
        for (const int program : candidates) {
            const auto code = instrumentCode(program);
            float product = 0.0f;
            for (std::size_t bit = 0; bit < code.size(); ++bit)
                product += sums[bit] * static_cast<float>(code[bit]);
            if (product > most) {
                most = product;
                best = program;
            }
        }
        return best;
    }

    std::span<const float> m_roll;
    int m_positions;
    const Plan& m_plan;
    BeatGrid m_grid;
    int m_firstBeat;
    const SlotPrograms& m_programs;
};

} // namespace

ScoreLanes lanesOf(ScoreSlot slot) {
    return allLanes[static_cast<std::size_t>(slot)];
}

Part::Role roleOf(ScoreSlot slot) {
    switch (slot) {
    case ScoreSlot::Lead:
        return Part::Role::Lead;
    case ScoreSlot::Bass:
        return Part::Role::Bass;
    case ScoreSlot::Drums:
        return Part::Role::Drums;
    default:
        return Part::Role::Accompaniment;
    }
}

const Part* partOf(const Plan& plan, ScoreSlot slot) {
    int before = slot == ScoreSlot::Second ? 1 : 0; // accompanying parts to pass over
    for (const Part& part : plan.parts) {
        if (part.role == roleOf(slot) && before-- == 0) return &part;
    }
    return nullptr;
}

int tonicPitch(const Key& key) {
    return 60 + (key.tonic + 5) % 12 - 5;
}

std::array<int, instrumentBits> instrumentCode(int program) {
    // Systematic BCH (15, 7) with g(x) = x^8 + x^7 + x^6 + x^4 + 1 (Lin & Costello, table 6.2), and a parity bit.
    constexpr unsigned generator = 0b111010001;
    const unsigned message = static_cast<unsigned>(program % 1000) & 127u;
    unsigned rest = message << 8;
    for (int bit = 14; bit >= 8; --bit) {
        if (rest & (1u << bit)) rest ^= generator << (bit - 8);
    }
    const unsigned word = (message << 8) | rest;
    std::array<int, instrumentBits> code{};
    int ones = 0;
    for (int bit = 0; bit < 15; ++bit) {
        const bool one = (word >> bit) & 1u;
        ones += one;
        code[static_cast<std::size_t>(bit)] = one ? 1 : -1;
    }
    code[15] = ones % 2 ? 1 : -1;
    return code;
}

std::vector<float> scoreRoll(const Plan& plan, int positions, int firstBeat) {
    std::vector<float> roll(static_cast<std::size_t>(scoreChannelCount) * static_cast<std::size_t>(positions), 0.0f);
    const BeatGrid grid(plan);
    for (int index = 0; index < scoreSlotCount; ++index) {
        const auto slot = static_cast<ScoreSlot>(index);
        const Part* part = partOf(plan, slot);
        if (!part) continue;
        const auto notes = placed(*part, grid, positions, firstBeat);
        if (notes.empty()) continue;
        if (slot == ScoreSlot::Drums)
            drawDrums(roll, positions, lanesOf(slot), notes);
        else
            drawPitched(roll, positions, lanesOf(slot), firstLoudnessChannel + index, tonicPitch(plan.key), notes);
        const auto code = instrumentCode(part->program);
        for (int bit = 0; bit < instrumentBits; ++bit)
            for (int position = 0; position < positions; ++position)
                at(roll, positions, firstInstrumentChannel + instrumentBits * index + bit, position) =
                    instrumentLevel * static_cast<float>(code[static_cast<std::size_t>(bit)]);
    }
    return roll;
}

std::array<Part, scoreSlotCount> partsOfRoll(std::span<const float> roll, int positions, const Plan& plan,
                                             int firstBeat, const SlotPrograms& programs) {
    if (positions < 0 ||
        roll.size() != static_cast<std::size_t>(scoreChannelCount) * static_cast<std::size_t>(positions))
        throw std::invalid_argument("a roll of another size");
    const RollReader reader(roll, positions, plan, firstBeat, programs);
    std::array<Part, scoreSlotCount> parts;
    for (int index = 0; index < scoreSlotCount; ++index)
        parts[static_cast<std::size_t>(index)] = reader.part(static_cast<ScoreSlot>(index));
    return parts;
}

} // namespace n2m::plan
