#pragma once

#include "engine/plan/Plan.h"

#include <array>
#include <span>
#include <vector>

namespace n2m::plan {

/// The score as the score generator makes it: a roll with twelve positions to the beat, which holds straight, swung and
/// triplet rhythms. Pitches count from the key's tonic, so that the same music in another key is the same roll.
///
/// | channels | content | values |
/// | --- | --- | --- |
/// | 0 … 47 | the lead's pitches, from 16 semitones below the tonic on | 1 where a note begins, ½ while it lasts, else
/// 0 | | 48 … 99 | the first accompaniment's, from 24 below | likewise | | 100 … 151 | the second accompaniment's, from
/// 24 below | likewise | | 152 … 183 | the bass's, from 36 below | likewise | | 184 … 201 | drums, kinds of General
/// MIDI percussion | ½ + ½ velocity/127 where one is struck, else 0 | | 202 … 205 | loudness of the pitched parts, held
/// from note to note | (velocity − 80)/117.5 | | 206 … 285 | instruments of the five parts, 16 channels each, constant
/// | ±instrumentLevel: the program's codeword |
///
/// The tonic is the one from G3 to F#4 (MIDI 55 to 66). Pitches outside a part's range move by octaves into it. Of more
/// than two accompanying parts the first two are kept; a part that is missing has zeros.
/// Codewords are those of the extended BCH code (16, 7): any two of the 128 differ in at least six places.
enum class ScoreSlot { Lead, First, Second, Bass, Drums };

constexpr int scoreSlotCount = 5;
constexpr int positionsPerBeat = 12;
constexpr int scoreChannelCount = 286;
constexpr float instrumentLevel = 0.12f;

/// The channels of a slot's notes.
struct ScoreLanes {
    int first = 0, count = 0;
    int lowest = 0; ///< pitch of the first channel, in semitones from the tonic; drums have none
};
ScoreLanes lanesOf(ScoreSlot slot);
constexpr int firstLoudnessChannel = 202, firstInstrumentChannel = 206, instrumentBits = 16;

/// Lists of programs by slot.
using SlotPrograms = std::array<std::vector<int>, scoreSlotCount>;

/// The role of a slot's part.
Part::Role roleOf(ScoreSlot slot);

/// The part of a plan that belongs to a slot; nullptr if the plan has none.
const Part* partOf(const Plan& plan, ScoreSlot slot);

/// The tonic from which a key's pitches count, MIDI 55 … 66.
int tonicPitch(const Key& key);

/// The ±1 codeword of a program (its bank is left out).
std::array<int, instrumentBits> instrumentCode(int program);

/// Row-major [scoreChannelCount, positions] of the plan's parts, from beat `firstBeat` of its BeatGrid on. Notes that
/// began before are left out. Pure function: any thread, as all here.
std::vector<float> scoreRoll(const Plan& plan, int positions, int firstBeat = 0);

/// The parts that a roll shows, by slot, over the plan's beats, key and length: whatever begins within the clip. `roll`
/// is row-major [scoreChannelCount, positions] and may be noisy: a note sounds above ¼ and begins above ¾. A slot that
/// is silent has a part without notes. `programs`: those from which a slot's is chosen; none = all 128. Throws
/// std::invalid_argument for a roll of another size.
std::array<Part, scoreSlotCount> partsOfRoll(std::span<const float> roll, int positions, const Plan& plan,
                                             int firstBeat = 0, const SlotPrograms& programs = {});

} // namespace n2m::plan
