#pragma once

#include "engine/plan/ScoreRoll.h"

#include <array>
#include <vector>

namespace n2m::plan {

/// The facts about a score that the score generator is shown; each may be hidden, and the generator then decides on it.
/// A plain value.
struct ScoreGuide {
    bool mode = true, tempo = true, chords = true, sections = true;
    std::array<int, scoreSlotCount> parts{}; ///< by slot: 1 = plays, −1 = does not play, 0 = hidden
    bool operator==(const ScoreGuide&) const = default;
};

/// The guide's channels, position by position beside the roll.
///
/// | channel | content | values |
/// | --- | --- | --- |
/// | 0, 1 | phase of the beat φ: sin 2πφ, cos 2πφ | -1 … 1 |
/// | 2, 3 | phase of the bar, likewise | -1 … 1 |
/// | 4 | the tonic's pitch: (tonicPitch − 60)/6 | -1 … 1 |
/// | 5, 6 | major, minor | 0, 1 |
/// | 7, 8 | log2(bpm/110), and 1 where the tempo is shown | |
/// | 9 … 20 | the chord's pitch classes, from the tonic up | 0, 1 |
/// | 21 … 32 | the chord's root, likewise | 0, 1 |
/// | 33 | 1 where chords are shown | 0, 1 |
/// | 34 | 1 where sections are shown | 0, 1 |
/// | 35, 36 | energy of the section; place in it, 0 at its start, 1 at its end | 0 … 1 |
/// | 37 … 47 | the section's name: intro, verse, chorus, bridge, break, outro, theme, solo, head, build, drop | 0, 1 |
/// | 48 … 52 | the parts | -1, 0, 1 |
constexpr int scoreGuideChannelCount = 53;

/// Row-major [scoreGuideChannelCount, positions] from beat `firstBeat` of the plan's BeatGrid on. A plan without chords
/// or without sections hides them whatever the guide says. Pure function: any thread.
std::vector<float> scoreGuideChannels(const Plan& plan, const ScoreGuide& guide, int positions, int firstBeat = 0);

/// The channels with everything hidden except beats, bars and the tonic, which the roll itself counts by.
std::vector<float> hiddenScoreGuide(const Plan& plan, int positions, int firstBeat = 0);

/// 1 for each slot in which the plan's parts have a note, else −1.
std::array<int, scoreSlotCount> playingParts(const Plan& plan);

} // namespace n2m::plan
