#pragma once

#include <complex>
#include <memory>
#include <span>

namespace n2m::audio {

/// The discrete Fourier transform of real signals of one even length, by KISS FFT in single precision. Fast for lengths
/// whose prime factors are small (see fastLength). Owns its tables and scratch space: one object per thread.
class RealFft {
public:
    /// Throws std::invalid_argument unless `length` is even and at least 2.
    explicit RealFft(int length);
    ~RealFft();
    RealFft(RealFft&&) noexcept;
    RealFft& operator=(RealFft&&) noexcept;

    int length() const;
    int bins() const { return length() / 2 + 1; }

    /// spectrum[k] = Σ_n samples[n] e^{−2πi kn/length}, k = 0 … length/2.
    void forward(std::span<const float> samples, std::span<std::complex<float>> spectrum);

    /// The inverse, scaled so that inverse(forward(x)) = x. The imaginary parts of the first and last bin are ignored.
    void inverse(std::span<const std::complex<float>> spectrum, std::span<float> samples);

private:
    class Plans;
    std::unique_ptr<Plans> m_plans;
};

/// The smallest even number of the form 2^a 3^b 5^c that is not below `length`.
int fastLength(int length);

} // namespace n2m::audio
