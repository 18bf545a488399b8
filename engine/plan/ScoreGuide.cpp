#include "engine/plan/ScoreGuide.h"

#include "engine/plan/BeatGrid.h"
#include "engine/plan/PlanBuilder.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace n2m::plan {

namespace {

enum GuideChannel : int {
    BeatPhase = 0,
    BarPhase = 2,
    TonicPitch = 4,
    Mode = 5,
    Tempo = 7,
    TempoShown = 8,
    Tones = 9,
    Root = 21,
    ChordsShown = 33,
    SectionsShown = 34,
    Energy = 35,
    Place = 36,
    SectionName = 37,
    Parts = 48
};

constexpr std::array<std::string_view, 11> sectionNames{"intro", "verse", "chorus", "bridge", "break", "outro",
                                                        "theme", "solo",  "head",   "build",  "drop"};
constexpr double middleBpm = 110.0;

class Channels {
public:
    explicit Channels(int positions)
        : m_positions(static_cast<std::size_t>(positions))
        , m_values(static_cast<std::size_t>(scoreGuideChannelCount) * m_positions, 0.0f) {}
    void set(int channel, std::size_t position, double value) {
        m_values[static_cast<std::size_t>(channel) * m_positions + position] = static_cast<float>(value);
    }
    void fill(int channel, double value) {
        std::fill_n(m_values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(channel) * m_positions),
                    m_positions, static_cast<float>(value));
    }
    std::vector<float> take() { return std::move(m_values); }

private:
    std::size_t m_positions;
    std::vector<float> m_values;
};

int fromTonic(int pitchClass, const Key& key) {
    return (pitchClass - key.tonic + 12) % 12;
}

void setPhases(Channels& channels, std::size_t position, const BeatGrid& grid, double beat) {
    constexpr double turn = 2.0 * std::numbers::pi;
    const double inBeat = turn * (beat - std::floor(beat));
    const double inBar = turn * grid.placeInBar(beat) / grid.barLength(beat);
    channels.set(BeatPhase, position, std::sin(inBeat));
    channels.set(BeatPhase + 1, position, std::cos(inBeat));
    channels.set(BarPhase, position, std::sin(inBar));
    channels.set(BarPhase + 1, position, std::cos(inBar));
}

void setChord(Channels& channels, std::size_t position, const Plan& plan, double seconds) {
    const Chord chord = chordAt(plan, seconds);
    if (chord.tones == 0) return;
    channels.set(Root + fromTonic(chord.root, plan.key), position, 1.0);
    for (int pitchClass = 0; pitchClass < 12; ++pitchClass) {
        if (chord.tones & (1u << pitchClass)) channels.set(Tones + fromTonic(pitchClass, plan.key), position, 1.0);
    }
}

void setSection(Channels& channels, std::size_t position, const Plan& plan, double seconds) {
    const Section* section = sectionAt(plan, seconds);
    if (!section) return;
    channels.set(Energy, position, section->energy);
    channels.set(Place, position,
                 std::clamp((seconds - section->start) / std::max(section->end - section->start, 1e-3), 0.0, 1.0));
    const auto name = std::find(sectionNames.begin(), sectionNames.end(), section->name);
    if (name != sectionNames.end())
        channels.set(SectionName + static_cast<int>(name - sectionNames.begin()), position, 1.0);
}

} // namespace

std::vector<float> scoreGuideChannels(const Plan& plan, const ScoreGuide& guide, int positions, int firstBeat) {
    Channels channels(positions);
    const BeatGrid grid(plan);
    const bool chords = guide.chords && !plan.chords.empty(), sections = guide.sections && !plan.sections.empty();
    channels.fill(TonicPitch, (tonicPitch(plan.key) - 60) / 6.0);
    if (guide.mode) channels.fill(Mode + (plan.key.minor ? 1 : 0), 1.0);
    if (guide.tempo) {
        channels.fill(Tempo, std::log2(plan.bpm / middleBpm));
        channels.fill(TempoShown, 1.0);
    }
    if (chords) channels.fill(ChordsShown, 1.0);
    if (sections) channels.fill(SectionsShown, 1.0);
    for (int slot = 0; slot < scoreSlotCount; ++slot)
        channels.fill(Parts + slot, guide.parts[static_cast<std::size_t>(slot)]);
    for (std::size_t position = 0; position < static_cast<std::size_t>(positions); ++position) {
        const double beat = firstBeat + static_cast<double>(position) / positionsPerBeat;
        setPhases(channels, position, grid, beat);
        const double seconds = grid.secondsAt(beat + 0.5 / positionsPerBeat);
        if (chords) setChord(channels, position, plan, seconds);
        if (sections) setSection(channels, position, plan, seconds);
    }
    return channels.take();
}

std::vector<float> hiddenScoreGuide(const Plan& plan, int positions, int firstBeat) {
    return scoreGuideChannels(plan, {false, false, false, false, {}}, positions, firstBeat);
}

std::array<int, scoreSlotCount> playingParts(const Plan& plan) {
    std::array<int, scoreSlotCount> playing{};
    for (int index = 0; index < scoreSlotCount; ++index) {
        const Part* part = partOf(plan, static_cast<ScoreSlot>(index));
        playing[static_cast<std::size_t>(index)] = part && !part->notes.empty() ? 1 : -1;
    }
    return playing;
}

} // namespace n2m::plan
