#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/SpectralDistance.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// A way to reconstruct sound: it takes the input of a stage of the cascade and returns sound as long as the original.
struct Reconstructor {
    enum class From {
        LogMel,    ///< the log-mel spectrogram of 16 kHz sound, as a vocoder does
        LowerRate, ///< 16 kHz sound, raised to 24 kHz as the super-resolution does
    };
    std::string name;
    From from = From::LogMel;
    /// LogMel: row-major [bands, frames] → sound at any rate. LowerRate: 16 kHz sound → 24 kHz sound. Only the one of
    /// `from` is called.
    std::function<audio::Clip(const std::vector<float>& logMel)> fromLogMel;
    std::function<audio::Clip(const audio::Clip& lower)> fromLowerRate;
};

/// Griffin-Lim with that many iterations, and Fourier resampling: the baselines of the trained stages.
Reconstructor griffinLimReconstructor(int iterations);
Reconstructor fourierReconstructor();

/// The distance of one way from the original of one file, or the means over all files.
struct ReconstructionScore {
    std::string file; ///< empty = the mean over the files
    std::string way;
    audio::SpectralDistance distance;
    double logMelError = 0.0; ///< dB, mean absolute difference of the log-mel spectrograms at 16 kHz
    double level = 0.0;       ///< dB of its root mean square over the original's
    double seconds = 0.0;     ///< wall time
};

struct ReconstructionReport {
    std::vector<ReconstructionScore> scores; ///< per file and way, in order; then the means
    std::string text() const;
    std::string json() const;
};

/// Reconstructs every sound file of a folder (mono, −16 LUFS) in each way. Vocoders are judged at 16 kHz, the
/// super-resolution at 24 kHz, by the multi-resolution distance to the original's spectra (audio::spectralDistance).
/// Throws base::InvalidInput if there is no sound file, and what the ways and `progress` throw.
ReconstructionReport
reconstruct(const std::filesystem::path& folder, const std::vector<Reconstructor>& ways,
            const std::function<void(const std::string& phase, int step, int steps)>& progress = {});

} // namespace n2m::evaluation
