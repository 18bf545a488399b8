#pragma once

#include "engine/audio/RealFft.h"

#include <complex>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace n2m::audio {

/// Index into a signal of `length` > 0 samples that goes on beyond both ends by reflection (the end samples are not
/// repeated: … 2 1 0 1 2 …). Any index is allowed.
std::size_t reflected(std::ptrdiff_t index, std::size_t length);

/// Short-time Fourier transform with a periodic Hann window, and its least-squares inverse (Griffin and Lim, 1984,
/// equation 6). Immutable: may be shared by threads.
///
/// Frame i is centred at sample (i + ½)·hop: in the middle of the `hop` samples that it represents. So a signal has
/// exactly samples/hop frames, and repeating every frame `hop` times aligns them with the samples. Beyond its ends the
/// signal is reflected. Spectra are row-major [frames, bins], unscaled.
class Stft {
public:
    /// Both in samples. Throws std::invalid_argument unless window is even and at least 4 and 1 ≤ hop ≤ window/2.
    Stft(int window, int hop);

    int window() const { return m_window; }
    int hop() const { return m_hop; }
    int bins() const { return m_window / 2 + 1; }
    std::size_t frames(std::size_t samples) const { return samples / static_cast<std::size_t>(m_hop); }
    const std::vector<float>& hann() const { return m_hann; }

    /// The sample at which the window of frame `frame` begins; may be negative.
    std::ptrdiff_t begin(std::size_t frame) const;

    /// The windowed samples of one frame, `window` of them. `samples` must not be empty.
    void cut(std::span<const float> samples, std::size_t frame, std::span<float> windowed) const;

    /// Σ hann² of the first `frames` frames at every one of their frames·hop samples: what the inverse divides by.
    std::vector<float> overlap(std::size_t frames) const;

    using Visitor = std::function<void(std::size_t frame, std::span<const std::complex<float>> spectrum)>;
    /// Calls `visit` for the spectrum of every frame in order; the span is valid during the call.
    void forward(std::span<const float> samples, const Visitor& visit) const;
    std::vector<std::complex<float>> forward(std::span<const float> samples) const;

    /// frames·hop samples: the signal whose frames are the nearest to the given ones. Throws std::invalid_argument
    /// where the spectrum is not a whole number of frames.
    std::vector<float> inverse(std::span<const std::complex<float>> spectrum) const;

private:
    int m_window, m_hop;
    std::vector<float> m_hann;
};

} // namespace n2m::audio
