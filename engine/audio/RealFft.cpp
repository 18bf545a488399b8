#include "engine/audio/RealFft.h"

#include <kiss_fftr.h>

#include <new>
#include <stdexcept>

namespace n2m::audio {

class RealFft::Plans {
public:
    explicit Plans(int length)
        : m_length(length)
        , m_forward(make(length, 0))
        , m_inverse(make(length, 1)) {}

    int length() const { return m_length; }
    kiss_fftr_cfg forward() const { return m_forward.get(); }
    kiss_fftr_cfg inverse() const { return m_inverse.get(); }

private:
    struct Free {
        void operator()(kiss_fftr_cfg plan) const { kiss_fftr_free(plan); }
    };
    using Plan = std::unique_ptr<std::remove_pointer_t<kiss_fftr_cfg>, Free>;

    static Plan make(int length, int inverse) {
        if (length < 2 || length % 2 != 0) throw std::invalid_argument("a Fourier transform's length must be even");
        Plan plan(kiss_fftr_alloc(length, inverse, nullptr, nullptr));
        if (!plan) throw std::bad_alloc();
        return plan;
    }

    int m_length;
    Plan m_forward, m_inverse;
};

RealFft::RealFft(int length)
    : m_plans(std::make_unique<Plans>(length)) {}
RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

int RealFft::length() const {
    return m_plans->length();
}

void RealFft::forward(std::span<const float> samples, std::span<std::complex<float>> spectrum) {
    if (samples.size() != static_cast<std::size_t>(length()) || spectrum.size() != static_cast<std::size_t>(bins()))
        throw std::invalid_argument("a Fourier transform got the wrong number of values");
    // std::complex<float> and kiss_fft_cpx are both two floats, real part first ([complex.numbers.general]).
    kiss_fftr(m_plans->forward(), samples.data(), reinterpret_cast<kiss_fft_cpx*>(spectrum.data()));
}

void RealFft::inverse(std::span<const std::complex<float>> spectrum, std::span<float> samples) {
    if (samples.size() != static_cast<std::size_t>(length()) || spectrum.size() != static_cast<std::size_t>(bins()))
        throw std::invalid_argument("an inverse Fourier transform got the wrong number of values");
    kiss_fftri(m_plans->inverse(), reinterpret_cast<const kiss_fft_cpx*>(spectrum.data()), samples.data());
    const float scale = 1.0f / static_cast<float>(length());
    for (float& sample : samples)
        sample *= scale;
}

int fastLength(int length) {
    for (int candidate = length + length % 2;; candidate += 2) {
        int rest = candidate;
        for (const int prime : {2, 3, 5})
            while (rest > 1 && rest % prime == 0)
                rest /= prime;
        if (rest == 1) return candidate;
    }
}

} // namespace n2m::audio
