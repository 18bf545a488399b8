#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/SpectralDistance.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::evaluation {

/// Ways back from less: they take what the cascade hands them and return sound as long as the original.
struct Reconstructor {
    enum class From {
        LogMel,    ///< the log-mel spectrogram of 16 kHz sound: a vocoder's work
        LowerRate, ///< 16 kHz sound, to be raised to 24 kHz: the super-resolution's
    };
    std::string name;
    From from = From::LogMel;
    /// LogMel: row-major [bands, frames] → sound at any rate. LowerRate: 16 kHz sound → 24 kHz sound. Only one is
    /// called.
    std::function<audio::Clip(const std::vector<float>& logMel)> fromLogMel;
    std::function<audio::Clip(const audio::Clip& lower)> fromLowerRate;
};

/// Griffin-Lim with that many iterations, and Fourier resampling: what the trained stages have to beat.
Reconstructor griffinLimReconstructor(int iterations);
Reconstructor fourierReconstructor();

/// How near one way comes to the original of one file (or of all: the means).
struct ReconstructionScore {
    std::string file; ///< empty = the mean over the files
    std::string way;
    audio::SpectralDistance distance;
    double logMelError = 0.0; ///< dB, mean absolute difference of the log-mel spectrograms at 16 kHz
    double level = 0.0;       ///< dB of its root mean square over the original's
    double seconds = 0.0;     ///< wall time it took
};

struct ReconstructionReport {
    std::vector<ReconstructionScore> scores; ///< per file and way, in order; then the means
    std::string text() const;
    std::string json() const;
};

/// Takes every sound file of a folder (mono, −16 LUFS) apart and puts it together again. The vocoders are judged at 16
/// kHz, the super-resolution at 24 kHz, by the multi-resolution distance to the original's spectra
/// (audio::spectralDistance). Throws std::invalid_argument where there is no sound file, and what the ways and
/// `progress` throw.
ReconstructionReport
reconstruct(const std::filesystem::path& folder, const std::vector<Reconstructor>& ways,
            const std::function<void(const std::string& phase, int step, int steps)>& progress = {});

} // namespace n2m::evaluation
