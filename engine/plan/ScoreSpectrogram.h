#pragma once

#include "engine/plan/NoteSpectra.h"
#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::plan {

/// Channels of the score spectrogram: a log-mel of all parts together, then one of the lead alone.
constexpr int scoreSpectrogramChannelCount = 2 * NoteSpectra::bands;

/// The score as it would roughly sound: the spectra of its notes, added up, as log-mels in [−1, 1] at 100 frames/s. It
/// tells the spectrogram generator what the named instruments sound like at the written pitches, which it would need
/// far more music to learn; how they are played, mixed, and ring in a room is left to it.
///
/// Velocity v is worth 40 log10(v / measured) dB, as in the SoundFont standard (2.04, §8.4.1 with its negative concave
/// curve); the roles have the corpus's mean levels. The whole plan's mean power is that of the corpus's clips, whatever
/// part of it is asked for. A snippet equals that part of the whole, exactly if it starts on a frame.
///
/// Row-major [scoreSpectrogramChannelCount, frames]; beyond the plan's end silence, −1. Pure function: any thread. A
/// plan whose parts are not written out is silence too.
std::vector<float> scoreSpectrogram(const Plan& plan, const NoteSpectra& spectra, int frames,
                                    double startSeconds = 0.0);

} // namespace n2m::plan
