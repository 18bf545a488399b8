#include "engine/audio/LogSpectrum.h"

#include "engine/audio/GriffinLim.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>

namespace n2m::audio {

namespace {

constexpr int framesPerSecond = 100;
constexpr double windowSeconds = 0.064;

} // namespace

SpectrumConfig SpectrumConfig::at(int sampleRate) {
    if (sampleRate < 1000 || sampleRate % 1000 != 0)
        throw base::InvalidInput("a log-magnitude spectrum needs a sample rate that is a multiple of 1000 Hz");
    SpectrumConfig config;
    config.sampleRate = sampleRate;
    config.window = static_cast<int>(std::lround(windowSeconds * sampleRate / 2.0)) * 2;
    config.hop = sampleRate / framesPerSecond;
    return config;
}

LogSpectrum::LogSpectrum(const SpectrumConfig& config)
    : m_config(config)
    , m_stft(config.window, config.hop) {
    // As in LogMel, the bins of a full-scale sine add up to a power of 1.
    double sum = 0.0;
    for (const float weight : m_stft.hann())
        sum += static_cast<double>(weight) * weight;
    m_powerScale = static_cast<float>(4.0 / (config.window * sum));
    const float range = config.ceiling - config.floor;
    m_slope = 2.0f * 10.0f * std::log10(2.0f) / range;
    m_offset = -2.0f * config.floor / range - 1.0f;
    m_smallest = std::pow(10.0f, config.floor / 10.0f);
}

float LogSpectrum::value(float power) const {
    return std::clamp(m_slope * std::log2(power < m_smallest ? m_smallest : power) + m_offset, -1.0f, 1.0f);
}

std::vector<float> LogSpectrum::analyse(std::span<const float> samples) const {
    const std::size_t frames = m_stft.frames(samples.size());
    const auto bins = static_cast<std::size_t>(m_config.bins());
    std::vector<float> result(bins * frames);
    m_stft.forward(samples, [&](std::size_t frame, std::span<const std::complex<float>> spectrum) {
        for (std::size_t bin = 0; bin < bins; ++bin)
            result[bin * frames + frame] = value(m_powerScale * std::norm(spectrum[bin]));
    });
    return result;
}

void LogSpectrum::requireShared(const MelConfig& mel) const {
    if (mel.sampleRate * m_config.hop != m_config.sampleRate * mel.hop ||
        mel.sampleRate * m_config.window != m_config.sampleRate * mel.window || mel.sampleRate > m_config.sampleRate)
        throw base::InvalidInput("a log-mel spectrogram and a log-magnitude spectrum do not share their bins");
}

std::vector<float> LogSpectrum::guess(std::span<const float> logMel, const LogMel& mel) const {
    requireShared(mel.config());
    const std::vector<float> magnitudes = magnitudesFromLogMel(logMel, mel);
    const auto known = static_cast<std::size_t>(mel.stft().bins()), bins = static_cast<std::size_t>(m_config.bins());
    const std::size_t frames = magnitudes.size() / known;
    // The outermost bins are outside all bands and silent, so the highest bin within is repeated.
    const std::size_t highest = known - 2;
    std::vector<float> result(bins * frames);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        for (std::size_t bin = 0; bin < bins; ++bin) {
            const float magnitude = magnitudes[frame * known + std::clamp<std::size_t>(bin, 1, highest)];
            result[bin * frames + frame] = value(mel.powerScale() * magnitude * magnitude);
        }
    }
    return result;
}

std::vector<float> LogSpectrum::withMelBands(std::vector<float> magnitudes, std::span<const float> logMel,
                                             const LogMel& mel) const {
    requireShared(mel.config());
    const auto known = static_cast<std::size_t>(mel.stft().bins()), bins = static_cast<std::size_t>(m_config.bins());
    const std::size_t frames = magnitudes.size() / bins;
    // A longer window gives a larger |X|.
    const float scale = std::sqrt(m_powerScale / mel.powerScale());
    std::vector<float> low(frames * known);
    for (std::size_t frame = 0; frame < frames; ++frame)
        for (std::size_t bin = 0; bin < known; ++bin)
            low[frame * known + bin] = scale * magnitudes[frame * bins + bin];
    low = magnitudesFromLogMel(logMel, mel, low);
    // The bins at the edges are outside all bands and stay.
    for (std::size_t frame = 0; frame < frames; ++frame)
        for (std::size_t bin = 1; bin + 1 < known; ++bin)
            magnitudes[frame * bins + bin] = low[frame * known + bin] / scale;
    return magnitudes;
}

std::vector<float> LogSpectrum::magnitudes(std::span<const float> logSpectrum) const {
    const auto bins = static_cast<std::size_t>(m_config.bins());
    if (logSpectrum.size() % bins != 0)
        throw base::InvalidInput("a log-magnitude spectrum is not a whole number of frames");
    const std::size_t frames = logSpectrum.size() / bins;
    std::vector<float> result(logSpectrum.size());
    const float scale = 1.0f / std::sqrt(m_powerScale);
    for (std::size_t bin = 0; bin < bins; ++bin) {
        for (std::size_t frame = 0; frame < frames; ++frame) {
            const float value = logSpectrum[bin * frames + frame];
            if (!std::isfinite(value))
                throw base::InvalidInput("a log-magnitude spectrum has values that are not numbers");
            const float decibels =
                m_config.floor + (std::min(value, 1.0f) + 1.0f) * 0.5f * (m_config.ceiling - m_config.floor);
            result[frame * bins + bin] = value <= -1.0f ? 0.0f : scale * std::pow(10.0f, decibels / 20.0f);
        }
    }
    return result;
}

} // namespace n2m::audio
