#include "engine/audio/Stft.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace n2m::audio {

std::size_t reflected(std::ptrdiff_t index, std::size_t length) {
    if (length == 1) return 0;
    const auto period = 2 * (static_cast<std::ptrdiff_t>(length) - 1);
    index %= period;
    if (index < 0) index += period;
    return static_cast<std::size_t>(index < static_cast<std::ptrdiff_t>(length) ? index : period - index);
}

Stft::Stft(int window, int hop)
    : m_window(window)
    , m_hop(hop) {
    if (window < 4 || window % 2 != 0) throw std::invalid_argument("an analysis window must be even and at least 4");
    if (hop < 1 || hop > window / 2) throw std::invalid_argument("a hop must be between 1 and half of the window");
    m_hann.resize(static_cast<std::size_t>(window));
    for (int i = 0; i < window; ++i)
        m_hann[static_cast<std::size_t>(i)] =
            static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / window));
}

std::ptrdiff_t Stft::begin(std::size_t frame) const {
    // (i + ½)·hop − window/2, rounded down where the hop is odd.
    return static_cast<std::ptrdiff_t>(frame) * m_hop + m_hop / 2 - m_window / 2;
}

void Stft::cut(std::span<const float> samples, std::size_t frame, std::span<float> windowed) const {
    const std::ptrdiff_t first = begin(frame);
    if (first >= 0 && first + m_window <= static_cast<std::ptrdiff_t>(samples.size())) {
        const float* source = samples.data() + first;
        for (std::size_t i = 0; i < m_hann.size(); ++i)
            windowed[i] = source[i] * m_hann[i];
    } else {
        for (std::size_t i = 0; i < m_hann.size(); ++i)
            windowed[i] = samples[reflected(first + static_cast<std::ptrdiff_t>(i), samples.size())] * m_hann[i];
    }
}

std::vector<float> Stft::overlap(std::size_t frames) const {
    const auto length = static_cast<std::ptrdiff_t>(frames) * m_hop;
    std::vector<float> sum(static_cast<std::size_t>(length), 0.0f);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const std::ptrdiff_t first = begin(frame);
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, -first); i < m_window && first + i < length; ++i) {
            const float weight = m_hann[static_cast<std::size_t>(i)];
            sum[static_cast<std::size_t>(first + i)] += weight * weight;
        }
    }
    return sum;
}

void Stft::forward(std::span<const float> samples, const Visitor& visit) const {
    RealFft fft(m_window);
    std::vector<float> windowed(static_cast<std::size_t>(m_window));
    std::vector<std::complex<float>> spectrum(static_cast<std::size_t>(bins()));
    for (std::size_t frame = 0; frame < frames(samples.size()); ++frame) {
        cut(samples, frame, windowed);
        fft.forward(windowed, spectrum);
        visit(frame, spectrum);
    }
}

std::vector<std::complex<float>> Stft::forward(std::span<const float> samples) const {
    std::vector<std::complex<float>> result(frames(samples.size()) * static_cast<std::size_t>(bins()));
    forward(samples, [&](std::size_t frame, std::span<const std::complex<float>> spectrum) {
        std::copy(spectrum.begin(), spectrum.end(),
                  result.begin() + static_cast<std::ptrdiff_t>(frame * spectrum.size()));
    });
    return result;
}

std::vector<float> Stft::inverse(std::span<const std::complex<float>> spectrum) const {
    const auto width = static_cast<std::size_t>(bins());
    if (spectrum.size() % width != 0) throw std::invalid_argument("a spectrum is not a whole number of frames");
    const std::size_t frames = spectrum.size() / width;
    const auto length = static_cast<std::ptrdiff_t>(frames) * m_hop;

    RealFft fft(m_window);
    std::vector<float> frame(static_cast<std::size_t>(m_window)), samples(static_cast<std::size_t>(length), 0.0f);
    for (std::size_t index = 0; index < frames; ++index) {
        fft.inverse(spectrum.subspan(index * width, width), frame);
        const std::ptrdiff_t first = begin(index);
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, -first); i < m_window && first + i < length; ++i)
            samples[static_cast<std::size_t>(first + i)] +=
                frame[static_cast<std::size_t>(i)] * m_hann[static_cast<std::size_t>(i)];
    }
    const std::vector<float> weight = overlap(frames);
    for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] /= weight[i];
    return samples;
}

} // namespace n2m::audio
