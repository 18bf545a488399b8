#include "engine/audio/SpectrogramAnalysis.h"

#include "engine/audio/RealFft.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr double windowSeconds = 0.045;
constexpr int padding = 2;
constexpr int mostWindows = 4; // in a column

/// The nearest power of two on a logarithmic scale.
int windowFor(int sampleRate) {
    const double wanted = windowSeconds * sampleRate;
    return 1 << std::clamp(static_cast<int>(std::lround(std::log2(wanted))), 4, 14);
}

} // namespace

std::uint8_t SpectrogramTile::level(float decibels) {
    return static_cast<std::uint8_t>(std::clamp(std::lround((decibels - lowest) * 2.0f), 0l, 255l));
}

SpectrogramAnalysis::SpectrogramAnalysis(std::shared_ptr<const Clip> clip, const FrequencyAxis& axis, int rows)
    : m_clip(std::move(clip))
    , m_axis(axis)
    , m_rows(rows) {
    if (!m_clip || m_clip->channels < 1 || m_clip->sampleRate < 1)
        throw std::invalid_argument("a spectrogram needs a clip with channels and a sample rate");
    if (rows < 1) throw std::invalid_argument("a spectrogram needs at least one row");
    m_window = windowFor(m_clip->sampleRate);
    m_length = m_window * padding;
    m_hann.resize(static_cast<std::size_t>(m_window));
    // A sine of amplitude 1 has a peak of Σ hann / 2 = window / 4.
    for (int i = 0; i < m_window; ++i)
        m_hann[static_cast<std::size_t>(i)] =
            static_cast<float>((0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / m_window)) * 4.0 / m_window);

    const double perBin = static_cast<double>(m_clip->sampleRate) / m_length;
    const int lastBin = m_length / 2;
    for (int row = 0; row < rows; ++row) {
        const double top = m_axis.frequencyAt(1.0 - static_cast<double>(row) / rows) / perBin;
        const double bottom = m_axis.frequencyAt(1.0 - static_cast<double>(row + 1) / rows) / perBin;
        Row map;
        if (top - bottom >= 1.0) {
            map.first = static_cast<int>(std::ceil(bottom));
            map.last = std::max(map.first, static_cast<int>(std::ceil(top)) - 1);
        }
        if (map.first == map.last) {
            const double middle = 0.5 * (top + bottom);
            map.first = map.last = static_cast<int>(std::floor(middle));
            map.weight = static_cast<float>(middle - map.first);
        }
        if (map.first >= lastBin) { // above the Nyquist frequency of the clip
            map.first = map.last = map.first > lastBin ? -1 : lastBin - 1;
            map.weight = 1.0f;
        }
        map.last = std::min(map.last, lastBin);
        m_map.push_back(map);
    }
}

SpectrogramTile SpectrogramAnalysis::tile(double beginSeconds, double columnSeconds, int columns) const {
    SpectrogramTile tile{columns, m_rows, std::vector<std::uint8_t>(static_cast<std::size_t>(columns * m_rows), 0)};
    const auto channels = static_cast<std::int64_t>(m_clip->channels);
    const auto frames = static_cast<std::int64_t>(m_clip->frames());
    const double rate = m_clip->sampleRate;
    const int windows =
        std::clamp(static_cast<int>(std::ceil(columnSeconds * rate * 2.0 / m_window)) - 1, 1, mostWindows);

    RealFft fft(m_length);
    std::vector<float> samples(static_cast<std::size_t>(m_length), 0.0f);
    std::vector<std::complex<float>> spectrum(static_cast<std::size_t>(fft.bins()));
    std::vector<float> power(spectrum.size());
    for (int column = 0; column < columns; ++column) {
        std::fill(power.begin(), power.end(), 0.0f);
        for (int window = 0; window < windows; ++window) {
            const double centre = beginSeconds + (column + (window + 0.5) / windows) * columnSeconds;
            const std::int64_t first = std::llround(centre * rate) - m_window / 2;
            if (first >= frames || first + m_window <= 0) continue;
            for (std::int64_t i = 0; i < m_window; ++i) {
                const std::int64_t frame = first + i;
                float sum = 0.0f;
                if (frame >= 0 && frame < frames)
                    for (std::int64_t channel = 0; channel < channels; ++channel)
                        sum += m_clip->samples[static_cast<std::size_t>(frame * channels + channel)];
                samples[static_cast<std::size_t>(i)] =
                    sum / static_cast<float>(channels) * m_hann[static_cast<std::size_t>(i)];
            }
            fft.forward(samples, spectrum);
            for (std::size_t bin = 0; bin < power.size(); ++bin)
                power[bin] += std::norm(spectrum[bin]) / static_cast<float>(windows);
        }
        for (int row = 0; row < m_rows; ++row) {
            const Row& map = m_map[static_cast<std::size_t>(row)];
            if (map.first < 0) continue;
            const auto bin = power.begin() + map.first;
            const float value = map.first == map.last ? *bin + map.weight * (*(bin + 1) - *bin)
                                                      : *std::max_element(bin, power.begin() + map.last + 1);
            tile.levels[static_cast<std::size_t>(row * columns + column)] =
                SpectrogramTile::level(10.0f * std::log10(value + 1e-14f));
        }
    }
    return tile;
}

} // namespace n2m::audio
