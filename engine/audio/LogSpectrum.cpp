#include "engine/audio/LogSpectrum.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr int framesPerSecond = 100;
constexpr double windowSeconds = 0.064;

} // namespace

SpectrumConfig SpectrumConfig::at(int sampleRate) {
    if (sampleRate < 1000 || sampleRate % 1000 != 0)
        throw std::invalid_argument("a log-magnitude spectrum needs a sample rate that is a multiple of 1000 Hz");
    SpectrumConfig config;
    config.sampleRate = sampleRate;
    config.window = static_cast<int>(std::lround(windowSeconds * sampleRate / 2.0)) * 2;
    config.hop = sampleRate / framesPerSecond;
    return config;
}

LogSpectrum::LogSpectrum(const SpectrumConfig& config)
    : m_config(config)
    , m_stft(config.window, config.hop) {
    // As LogMel's: the bins of a full-scale sine add up to a power of 1.
    double sum = 0.0;
    for (const float weight : m_stft.hann())
        sum += static_cast<double>(weight) * weight;
    m_powerScale = static_cast<float>(4.0 / (config.window * sum));
}

std::vector<float> LogSpectrum::analyse(std::span<const float> samples) const {
    const std::size_t frames = m_stft.frames(samples.size());
    const auto bins = static_cast<std::size_t>(m_config.bins());
    std::vector<float> result(bins * frames);
    const float slope = 2.0f * 10.0f * std::log10(2.0f) / (m_config.ceiling - m_config.floor);
    const float offset = -2.0f * m_config.floor / (m_config.ceiling - m_config.floor) - 1.0f;
    const float smallest = std::pow(10.0f, m_config.floor / 10.0f);
    m_stft.forward(samples, [&](std::size_t frame, std::span<const std::complex<float>> spectrum) {
        for (std::size_t bin = 0; bin < bins; ++bin) {
            const float power = m_powerScale * std::norm(spectrum[bin]);
            result[bin * frames + frame] =
                std::clamp(slope * std::log2(power < smallest ? smallest : power) + offset, -1.0f, 1.0f);
        }
    });
    return result;
}

std::vector<float> LogSpectrum::magnitudes(std::span<const float> logSpectrum) const {
    const auto bins = static_cast<std::size_t>(m_config.bins());
    if (logSpectrum.size() % bins != 0)
        throw std::invalid_argument("a log-magnitude spectrum is no whole number of frames");
    const std::size_t frames = logSpectrum.size() / bins;
    std::vector<float> result(logSpectrum.size());
    const float scale = 1.0f / std::sqrt(m_powerScale);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const float value = logSpectrum[bin * frames + frame];
            if (!std::isfinite(value))
                throw std::invalid_argument("a log-magnitude spectrum has values that are no numbers");
            const float decibels =
                m_config.floor + (std::min(value, 1.0f) + 1.0f) * 0.5f * (m_config.ceiling - m_config.floor);
            result[frame * bins + bin] = value <= -1.0f ? 0.0f : scale * std::pow(10.0f, decibels / 20.0f);
        }
    }
    return result;
}

} // namespace n2m::audio
