#pragma once

#include "engine/audio/LaneVector.h"

#include <cstddef>
#include <span>
#include <vector>

namespace n2m::audio {

/// The discrete Fourier transform of several real signals of one even length at once. The signals are side by side: row
/// n has value n of all of them, one in each lane, so that vector instructions work on lanes and need no shuffles.
/// Stockham's algorithm with the radices 4, 2, 3, 5 and any prime beyond; for real signals through a complex transform
/// of half the length (Sorensen et al., "Real-valued fast Fourier transform algorithms", 1987). Owns its tables and
/// scratch space: one object per thread.
class BatchFft {
public:
    static constexpr std::size_t lanes = 16; ///< floats of the widest vector registers

    /// Throws std::invalid_argument unless `length` is even and at least 2.
    explicit BatchFft(int length);

    int length() const { return m_length; }
    int bins() const { return m_length / 2 + 1; }
    std::size_t sampleCount() const { return static_cast<std::size_t>(m_length) * lanes; }
    std::size_t spectrumCount() const { return static_cast<std::size_t>(bins()) * 2 * lanes; }

    /// samples [length, lanes] → spectrum [bins, 2, lanes] (real parts, imaginary parts):
    /// spectrum[k] = Σ_n samples[n] e^{−2πi kn/length}, k = 0 … length/2. Changes the samples.
    void forward(std::span<float> samples, std::span<float> spectrum);

    /// The inverse, scaled so that inverse(forward(x)) = x. Takes the imaginary parts of the first and last bin as 0.
    void inverse(std::span<const float> spectrum, std::span<float> samples);

private:
    struct Pass {
        std::size_t radix, parts, stride; ///< parts: transforms of one residue, each of `radix` values
        std::size_t twiddles;             ///< where those of the pass begin
    };

    /// Transforms m_work[0] and returns the buffer with the result.
    float* transform();

    int m_length;
    std::vector<Pass> m_passes;
    std::vector<float> m_twiddles, m_halfTurns; ///< cosine and sine in pairs
    LaneVector m_work[2];
};

} // namespace n2m::audio
