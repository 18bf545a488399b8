#pragma once

#include "engine/plan/NoteSpectra.h"
#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::plan {

/// Channels of the score spectrogram: a log-mel of all parts together, then one of the lead alone.
constexpr int scoreSpectrogramChannelCount = 2 * NoteSpectra::bands;

/// The score's rough sound: the spectra of its notes, added up, as log-mels in [−1, 1] at 100 frames/s. It tells the
/// spectrogram generator how the named instruments sound at the written pitches, which takes far more music to learn.
/// The generator adds the playing, the mix and the room.
///
/// Velocity v gives a level of 40 log10(v / measured) dB, as in the SoundFont standard (2.04, §8.4.1 with its negative
/// concave curve); the roles have the corpus's mean levels. The gain comes from the whole plan, whose mean power is
/// that of the corpus's clips. A snippet equals that part of the whole, exactly if it starts on a frame.
///
/// Row-major [scoreSpectrogramChannelCount, frames]; silence (−1) beyond the plan's end and for a plan without a score.
/// Pure function: any thread. Throws std::invalid_argument for frames < 0 or a start that is not finite.
std::vector<float> scoreSpectrogram(const Plan& plan, const NoteSpectra& spectra, int frames,
                                    double startSeconds = 0.0);

} // namespace n2m::plan
