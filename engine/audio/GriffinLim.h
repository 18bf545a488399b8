#pragma once

#include "engine/audio/LogMel.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace n2m::audio {

/// The linear magnitudes |X| of the Stft that a log-mel spectrogram speaks of: row-major [frames, bins] from row-major
/// [bands, frames] in [−1, 1]. There are fewer bands than bins, so this is a guess: bands are spread over their bins,
/// and multiplicative updates for the Kullback-Leibler divergence (Lee and Seung, 2001: they keep it non-negative)
/// bring its mel spectrum to the given one. They start from `start` where that is given, magnitudes as the result's:
/// their fine structure stays, their bands become right. Values beyond ±1 count as ±1. Throws std::invalid_argument
/// where they are no whole number of frames, or not finite.
std::vector<float> magnitudesFromLogMel(std::span<const float> logMel, const LogMel& analysis,
                                        std::span<const float> start = {});

/// Hears, on the calling thread, of the iterations that are done and of the sound as it is by then, which is only to be
/// read. What it throws ends the work.
using GriffinLimObserver = std::function<void(int done, std::span<const float> sound)>;

/// A sound with the given magnitudes, row-major [frames, bins] of `stft`: frames·hop samples. The fast Griffin-Lim
/// algorithm (Perraudin, Balazs and Søndergaard, 2013) with momentum 0.99, from phases drawn with the seed. The result
/// depends on the arguments alone, not on the number of threads. Throws std::invalid_argument for negative iterations
/// or magnitudes that are no whole number of frames.
std::vector<float> griffinLimFromMagnitudes(std::span<const float> magnitudes, const Stft& stft, int iterations,
                                            std::uint64_t seed, int threads = 1,
                                            const GriffinLimObserver& observer = {});

struct JointIterations {
    int phases = 16; ///< in which the magnitudes stay
    int both = 48;   ///< in which they follow the sound
};

/// The same from magnitudes that are themselves a guess, where the log-mel spectrogram of the sound is known: after
/// some iterations for the phases alone, each takes the magnitudes from the sound as it is by now and brings them a few
/// updates of magnitudesFromLogMel nearer to the bands. Frames overlap, so only few of the magnitudes with the right
/// bands belong to a sound at all (the idea of Masuyama, Ueno and Ono, "Signal reconstruction from mel-spectrogram
/// based on bi-level consistency of full-band magnitude and phase", 2023). `stft` may be of a higher rate than that of
/// `mel`, with windows and hops of the same duration: what lies above keeps the given magnitudes. Throws as
/// griffinLimFromMagnitudes and magnitudesFromLogMel do.
std::vector<float> jointGriffinLim(std::span<const float> magnitudes, const Stft& stft, std::span<const float> logMel,
                                   const LogMel& mel, const JointIterations& iterations, std::uint64_t seed,
                                   int threads = 1, const GriffinLimObserver& observer = {});

/// Griffin-Lim in two steps, magnitudes and then phases: a log-mel spectrogram, row-major [bands, frames], as sound at
/// the configuration's rate.
///
/// Measured on the six clips that the authors of Noise2Music published (29.44 s each, resampled to 16 kHz, −16 LUFS;
/// means; spectralDistance to the original; dB between log-mel spectrograms; processor time on one busy core of 2.6
/// GHz):
///
///     iterations                    0      8      16     32     64     128
///     spectral convergence          0.729  0.468  0.452  0.443  0.440  0.440
///     log-magnitude                 1.070  0.653  0.654  0.661  0.669  0.675
///     log-mel, dB                   7.91   0.79   0.71   0.67   0.66   0.66
///     seconds                       0.2    0.7    1.3    2.4    4.6    8.9
///
/// With the original's magnitudes in place of a guess from the mel bands, 32 iterations reach 0.185, 0.250 and 0.25 dB:
/// what is missing is resolution, not iterations.
std::vector<float> griffinLim(std::span<const float> logMel, const MelConfig& config, int iterations,
                              std::uint64_t seed, int threads = 1, const GriffinLimObserver& observer = {});

} // namespace n2m::audio
