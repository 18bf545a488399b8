#pragma once

#include "engine/audio/LogMel.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace n2m::audio {

/// Estimates the linear magnitudes |X| of the Stft from a log-mel spectrogram: row-major [frames, bins] from row-major
/// [bands, frames] in [−1, 1]. There are fewer bands than bins, so bands are spread over their bins, and multiplicative
/// updates for the Kullback-Leibler divergence (Lee and Seung, 2001: they keep it non-negative) bring the mel spectrum
/// of the result to the given one. Where `start` is given (magnitudes [frames, bins]), they begin there: its fine
/// structure stays and its bands become right. Values beyond ±1 count as ±1. Throws base::InvalidInput where the values
/// are not a whole number of frames, or not finite.
std::vector<float> magnitudesFromLogMel(std::span<const float> logMel, const LogMel& analysis,
                                        std::span<const float> start = {});

/// Is told, on the calling thread, how many iterations are done, and shown the sound so far. An exception that it
/// throws ends the work and passes through.
using GriffinLimObserver = std::function<void(int done, std::span<const float> sound)>;

/// A sound with the given magnitudes, row-major [frames, bins] of `stft`: frames·hop samples. The fast Griffin-Lim
/// algorithm (Perraudin, Balazs and Søndergaard, 2013) with momentum 0.99, from integratedPhases. The result
/// depends on the arguments alone, not on the number of threads. Throws base::InvalidInput for negative iterations or
/// magnitudes that are not a whole number of frames.
std::vector<float> griffinLimFromMagnitudes(std::span<const float> magnitudes, const Stft& stft, int iterations,
                                            std::uint64_t seed, int threads = 1,
                                            const GriffinLimObserver& observer = {});

/// The iterations of jointGriffinLim.
struct JointIterations {
    int phases = 16; ///< with fixed magnitudes
    int both = 48;   ///< in which the magnitudes follow the sound
};

/// Griffin-Lim from magnitudes that are themselves a guess, where the log-mel spectrogram of the sound is known. After
/// some iterations for the phases alone, each takes the magnitudes of the sound so far and brings them nearer to the
/// bands by a few updates of magnitudesFromLogMel. Frames overlap, so only few of the magnitudes with the right bands
/// belong to any sound (the idea of Masuyama, Ueno and Ono, "Signal reconstruction from mel-spectrogram based on
/// bi-level consistency of full-band magnitude and phase", 2023). `stft` may have a higher rate than `mel`, with
/// windows and hops of the same duration: bins above the range of `mel` keep the given magnitudes. Throws as
/// griffinLimFromMagnitudes and magnitudesFromLogMel do.
std::vector<float> jointGriffinLim(std::span<const float> magnitudes, const Stft& stft, std::span<const float> logMel,
                                   const LogMel& mel, const JointIterations& iterations, std::uint64_t seed,
                                   int threads = 1, const GriffinLimObserver& observer = {});

/// Griffin-Lim in two steps, magnitudes and then phases: a log-mel spectrogram, row-major [bands, frames], as sound at
/// the configuration's rate.
///
/// Measured on 5 s of each of the six clips that the authors of Noise2Music published (resampled to 16 kHz, −16 LUFS;
/// means; spectralDistance to the original; dB between log-mel spectrograms; seconds of a busy 2.6 GHz core):
///
///     iterations                    8      16     32     32 from random phases    64 from random phases
///     spectral convergence          0.421  0.427  0.431  0.447                    0.443
///     log-magnitude                 0.647  0.650  0.657  0.656                    0.663
///     log-mel, dB                   0.68   0.66   0.65   0.68                     0.67
///     seconds                       0.05   0.07   0.11   0.51 (with KISS FFT)     0.98
///
/// With the original's magnitudes in place of a guess from the mel bands, 32 iterations from random phases reach 0.185,
/// 0.250 and 0.25 dB: it lacks resolution, not iterations. Throws as magnitudesFromLogMel does.
std::vector<float> griffinLim(std::span<const float> logMel, const MelConfig& config, int iterations,
                              std::uint64_t seed, int threads = 1, const GriffinLimObserver& observer = {});

} // namespace n2m::audio
