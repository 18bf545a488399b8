#pragma once

#include <span>
#include <vector>

namespace n2m::audio {

/// The distance of two sounds at one length of window.
struct ResolutionDistance {
    int window = 0; ///< samples; Hann, with a hop of a quarter of it
    /// ‖|X| − |Y|‖ / ‖|X|‖ (Frobenius norms), in which loud parts dominate: 0 = alike, 1 = as far as silence.
    double convergence = 0.0;
    double logarithmic = 0.0; ///< mean of |ln|X| − ln|Y||, magnitudes from √1e-7: quiet parts count as much
};

/// The multi-resolution distance of short-time spectra of Yamamoto, Song and Kim, "Parallel WaveGAN" (2020), equations
/// 3 to 6, which is blind to phase: X is the original's spectrum, Y the reconstruction's.
struct SpectralDistance {
    std::vector<ResolutionDistance> resolutions; ///< 256, 512, 1024, 2048 and 4096 samples
    double convergence = 0.0;                    ///< means over the resolutions
    double logarithmic = 0.0;
};

/// The distance of two mono sounds of one rate and length, in [−1, 1]. Throws std::invalid_argument where the lengths
/// differ or are below 1,024 samples (no frame of the longest window).
SpectralDistance spectralDistance(std::span<const float> original, std::span<const float> reconstruction);

/// Statistics of a whole sound, mostly from its mean power spectrum (windows of 2,048 samples).
struct SpectralStatistics {
    double centroid = 0.0; ///< Hz: mean frequency, weighted by power
    double rolloff = 0.0;  ///< Hz below which 95% of the power is
    double flatness = 0.0; ///< geometric over arithmetic mean of the spectrum: 0 for a tone, 1 for white noise
    double dc = 0.0;       ///< mean sample
    double peak = 0.0;     ///< largest absolute sample
    double crest = 0.0;    ///< dB of the peak over the root mean square; 3.01 for a sine
};

/// The statistics of a mono sound; all zero for silence. Throws std::invalid_argument for fewer than 512 samples or no
/// sample rate.
SpectralStatistics spectralStatistics(std::span<const float> samples, int sampleRate);

} // namespace n2m::audio
