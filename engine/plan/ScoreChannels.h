#pragma once

#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::plan {

/// The score as the spectrogram generator takes it, frame by frame, beside the channels of the plan. They are many and
/// say what every frame sounds like, so they do not squeeze through the entry but enter at every level of the U-Net.
///
/// | channel | what | values |
/// | --- | --- | --- |
/// | 0 | there is no score: 1 in every frame, all else 0 | 0, 1 |
/// | 1 … 60 | the lead's notes, C2 to B6 (MIDI 36 … 95): the velocity / 127 while one sounds | 0 … 1 |
/// | 61 … 108 | the bass, C1 to B4 (24 … 71), likewise | 0 … 1 |
/// | 109 … 168 | all accompanying parts together, C2 to B6 | 0 … 1 |
/// | 169 … 171 | onsets of the lead, the bass, the accompaniment: a bump, s = 15 ms, as high as the velocity | 0 … 1 |
/// | 172 … 179 | drums: kick, snare, closed and open hi-hat, ride, crash, toms, other percussion: at a hit the
/// velocity, then falling off, exp(-t/60 ms) | 0 … 1 | | 180 … 188 | the drum kit: standard, room, power, electronic,
/// TR-808, jazz, brush, orchestra, other | 0, 1 | | 189 … 316 | the lead's General MIDI program, in every frame of the
/// plan | 0, 1 | | 317 … 444 | the programs of bass and accompaniment, likewise | 0, 1 |
///
/// Notes outside a range are moved by octaves. Banks are variations of a program and not told apart. Frames are those
/// of PlanChannels.h.
constexpr int scoreChannelCount = 445;

enum ScoreChannel : int {
    NoScore = 0,
    LeadNotes = 1,
    BassNotes = 61,
    AccompanimentNotes = 109,
    LeadOnset = 169,
    BassOnset = 170,
    AccompanimentOnset = 171,
    DrumHits = 172,
    DrumKit = 180,
    LeadProgram = 189,
    OtherPrograms = 317
};

/// Row-major [scoreChannelCount, frames] of the plan's parts; no plan, or none of its parts written out, is no score.
/// Pure function: any thread. Throws std::invalid_argument as planChannels does.
std::vector<float> scoreChannels(const Plan* plan, int frames, double frameRate, double startSeconds = 0.0);

} // namespace n2m::plan
