#pragma once

#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::plan {

/// The plan as the spectrogram generator takes it: channels stacked with the noisy spectrogram, frame by frame.
///
/// | channel | content | values |
/// | --- | --- | --- |
/// | 0, 1 | phase of the beat φ: sin 2πφ, cos 2πφ; φ runs from 0 to 1 from beat to beat | -1 … 1 |
/// | 2, 3 | phase of the bar, from downbeat to downbeat, likewise | -1 … 1 |
/// | 4 | bump at beats: exp(-d²/2s²), d = distance to the nearest beat, s = 20 ms | 0 … 1 |
/// | 5 | bump at downbeats, likewise | 0 … 1 |
/// | 6 … 17 | the chord's pitch classes, C to B | 0, 1 |
/// | 18 … 29 | the chord's root, C to B | 0, 1 |
/// | 30 | energy of the section | 0 … 1 |
/// | 31 | bump where a section begins, s = 100 ms | 0 … 1 |
/// | 32 | place in the section: 0 at its start, 1 at its end (a build-up, a fill at the end) | 0 … 1 |
/// | 33 | 1 in every frame if there is no plan; all other channels are then 0 | 0, 1 |
///
/// The time of frame i is `startSeconds` + (i + ½) / frameRate. Before the first and after the last beat or
/// downbeat the phases go on at the last known rate; without beats channels 0 to 5 are 0. Beyond the plan's end all is
/// 0.
constexpr int planChannelCount = 34;

enum PlanChannel : int {
    BeatSine = 0,
    BeatCosine = 1,
    BarSine = 2,
    BarCosine = 3,
    BeatBump = 4,
    DownbeatBump = 5,
    ChordTones = 6,
    ChordRoot = 18,
    SectionEnergy = 30,
    SectionBump = 31,
    SectionPlace = 32,
    NoPlan = 33
};

/// Row-major [planChannelCount, frames]. A snippet equals that part of the whole, exactly if `startSeconds` is a whole
/// number of frames. Pure function: any thread. Throws std::invalid_argument for frames < 0, a frame rate that is not
/// positive, or a start that is not finite.
std::vector<float> planChannels(const Plan& plan, int frames, double frameRate, double startSeconds = 0.0);

/// The channels without a plan: only channel 33 is 1.
std::vector<float> noPlanChannels(int frames);

} // namespace n2m::plan
