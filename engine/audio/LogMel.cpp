#include "engine/audio/LogMel.h"

#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>

namespace n2m::audio {

namespace {

// Slaney, "Auditory Toolbox", version 2, 1998: 15 mel per kHz below 1 kHz, above it 27 mel per factor of 6.4.
constexpr double hertzPerMel = 200.0 / 3.0;
constexpr double bendHertz = 1000.0;
constexpr double bendMel = bendHertz / hertzPerMel;
const double logarithmPerMel = std::log(6.4) / 27.0;

double melFromHertz(double hertz) {
    return hertz < bendHertz ? hertz / hertzPerMel : bendMel + std::log(hertz / bendHertz) / logarithmPerMel;
}

double hertzFromMel(double mel) {
    return mel < bendMel ? mel * hertzPerMel : bendHertz * std::exp((mel - bendMel) * logarithmPerMel);
}

const MelConfig& checked(const MelConfig& config) {
    if (config.sampleRate < 1) throw base::InvalidInput("a mel analysis needs a positive sample rate");
    if (config.bands < 1 || config.bands > config.window)
        throw base::InvalidInput("a mel analysis needs between 1 band and as many as its window has samples");
    if (!(config.floor < config.ceiling)) throw base::InvalidInput("a mel analysis needs a floor below its ceiling");
    return config;
}

} // namespace

MelFilters::MelFilters(const MelConfig& config)
    : m_bins(config.window / 2 + 1) {
    checked(config);
    const double binWidth = static_cast<double>(config.sampleRate) / config.window;
    const double step = melFromHertz(config.sampleRate / 2.0) / (config.bands + 1);
    for (int band = 0; band < config.bands; ++band) {
        const double left = hertzFromMel(step * band), peak = hertzFromMel(step * (band + 1));
        const double right = hertzFromMel(step * (band + 2));
        const std::size_t offset = m_weights.size();
        std::size_t first = 0;
        for (int bin = 0; bin < m_bins; ++bin) {
            const double hertz = bin * binWidth;
            const double weight = std::min((hertz - left) / (peak - left), (right - hertz) / (right - peak));
            if (weight <= 0.0) continue;
            if (m_weights.size() == offset) first = static_cast<std::size_t>(bin);
            m_weights.push_back(static_cast<float>(weight));
        }
        if (m_weights.size() == offset)
            throw base::InvalidInput("a mel band falls between two bins: use fewer bands or a longer window");
        m_centres.push_back(peak);
        m_first.push_back(first);
        m_offset.push_back(offset);
    }
    m_offset.push_back(m_weights.size());
}

void MelFilters::apply(std::span<const float> spectrum, std::span<float> mel) const {
    for (std::size_t band = 0; band < m_first.size(); ++band) {
        const float* weights = m_weights.data() + m_offset[band];
        const float* bins = spectrum.data() + m_first[band];
        const std::size_t count = m_offset[band + 1] - m_offset[band];
        // With four sums, an addition need not wait for the one before it; the compiler may not reorder a single sum.
        float sums[4] = {};
        std::size_t i = 0;
        for (; i + 4 <= count; i += 4)
            for (std::size_t lane = 0; lane < 4; ++lane)
                sums[lane] += weights[i + lane] * bins[i + lane];
        for (; i < count; ++i)
            sums[0] += weights[i] * bins[i];
        mel[band] = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
}

void MelFilters::applyTransposed(std::span<const float> mel, std::span<float> spectrum) const {
    std::fill(spectrum.begin(), spectrum.end(), 0.0f);
    for (std::size_t band = 0; band < m_first.size(); ++band) {
        const float* weights = m_weights.data() + m_offset[band];
        float* bins = spectrum.data() + m_first[band];
        for (std::size_t i = 0; i < m_offset[band + 1] - m_offset[band]; ++i)
            bins[i] += weights[i] * mel[band];
    }
}

LogMel::LogMel(const MelConfig& config)
    : m_config(checked(config))
    , m_filters(config)
    , m_stft(config.window, config.hop) {
    // Parseval: over the positive bins a sine of amplitude 1 has Σ|X|² = window · Σhann² / 4.
    double sum = 0.0;
    for (const float weight : m_stft.hann())
        sum += static_cast<double>(weight) * weight;
    m_powerScale = static_cast<float>(4.0 / (config.window * sum));
}

std::vector<float> LogMel::analyse(std::span<const float> samples) const {
    const std::size_t frameCount = frames(samples.size());
    const auto bands = static_cast<std::size_t>(m_config.bands);
    std::vector<float> result(bands * frameCount);
    std::vector<float> power(static_cast<std::size_t>(m_stft.bins())), mel(bands);

    // value = 2 (dB − floor) / (ceiling − floor) − 1 with dB = 10 log10(power), as one multiplication of log2.
    const float range = m_config.ceiling - m_config.floor;
    const float slope = 2.0f * 10.0f * std::log10(2.0f) / range;
    const float offset = -2.0f * m_config.floor / range - 1.0f;
    const float smallest = std::pow(10.0f, m_config.floor / 10.0f);

    m_stft.forward(samples, [&](std::size_t frame, std::span<const std::complex<float>> spectrum) {
        for (std::size_t bin = 0; bin < power.size(); ++bin)
            power[bin] = m_powerScale *
                         (spectrum[bin].real() * spectrum[bin].real() + spectrum[bin].imag() * spectrum[bin].imag());
        m_filters.apply(power, mel);
        for (std::size_t band = 0; band < bands; ++band)
            result[band * frameCount + frame] =
                std::clamp(slope * std::log2(mel[band] < smallest ? smallest : mel[band]) + offset, -1.0f, 1.0f);
    });
    return result;
}

} // namespace n2m::audio
