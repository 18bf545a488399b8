#pragma once

#include "engine/audio/LaneKernels.h"
#include "engine/audio/LaneVector.h"
#include "engine/audio/LogMel.h"

#include <span>
#include <vector>

namespace n2m::audio {

/// The bands of a log-mel spectrogram as powers of a Stft's bins, and the update that brings spectra to them: the
/// multiplicative rule of Lee and Seung ("Algorithms for non-negative matrix factorization", 2001) for the
/// Kullback-Leibler divergence, which it never raises. Works on batches of frames side by side (LaneKernels.h).
/// Immutable, may be shared by threads. Keeps references to the analysis' filters.
class MelBands {
public:
    static constexpr float smallestPower = 1e-20f; ///< at the start of updates, which multiply and cannot raise a zero

    /// `powerScale` times |X|² of the Stft is in the units of the log-mel spectrogram, row-major [bands, frames] in
    /// [−1, 1]. Throws base::InvalidInput where that is not a whole number of frames, or not finite.
    MelBands(std::span<const float> logMel, const LogMel& analysis, float powerScale);

    std::size_t frames() const { return m_frames; }
    std::size_t batches() const { return (m_frames + kernels::lanes - 1) / kernels::lanes; }
    std::size_t bins() const { return m_shares.size(); }
    /// The bins from begin() to end() are in a band, the outermost ones in none.
    std::size_t begin() const { return m_begin; }
    std::size_t end() const { return m_end; }

    /// Powers [bins, lanes] of a batch: a mean of the bands around each bin; bins outside all bands are silent.
    void spread(std::size_t batch, std::span<float> power) const;

    /// `updates` steps of powers [bins, lanes] towards the bands; bins outside all bands stay. `ratios` is the caller's
    /// scratch space.
    void approach(std::size_t batch, std::span<float> power, int updates, LaneVector& ratios) const;

private:
    const float* wanted(std::size_t batch) const { return m_wanted.data() + batch * m_bands.size() * kernels::lanes; }

    std::size_t m_frames, m_begin, m_end;
    std::vector<kernels::Band> m_bands;
    std::vector<float> m_bandSums;
    std::vector<kernels::BinShares> m_shares;
    LaneVector m_wanted; ///< [batches, bands, lanes]
};

} // namespace n2m::audio
