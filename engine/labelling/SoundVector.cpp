#include "engine/labelling/SoundVector.h"

#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <algorithm>
#include <cmath>

namespace n2m::labelling {

namespace {

constexpr int windowSeconds = 10;

/// The sum of the vectors of a sound's windows.
class WindowSum {
public:
    WindowSum(const audio::LogMel& analysis, const Embedder& embedder, double gain)
        : m_analysis(analysis)
        , m_embedder(embedder)
        , m_gain(static_cast<float>(gain)) {}

    void add(const audio::Clip& mono) {
        m_rate = mono.sampleRate;
        m_frames += mono.samples.size();
        for (const float sample : mono.samples)
            m_buffer.push_back(sample * m_gain);
        const std::size_t window = windowLength();
        while (m_buffer.size() >= window) {
            embed(std::span(m_buffer).first(window));
            m_last.assign(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(window));
            m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(window));
        }
    }

    SoundVector finish() {
        if (m_windows == 0) {
            embed(m_buffer);
        } else if (m_buffer.size() * 2 >= windowLength()) {
            m_last.insert(m_last.end(), m_buffer.begin(), m_buffer.end());
            embed(std::span(m_last).last(windowLength()));
        }
        double square = 0.0;
        for (const double value : m_sum)
            square += value * value;
        SoundVector result;
        const double length = std::max(std::sqrt(square), 1e-12);
        for (const double value : m_sum)
            result.vector.push_back(static_cast<float>(value / length));
        result.seconds = static_cast<double>(m_frames) / m_rate;
        result.windows = m_windows;
        return result;
    }

private:
    std::size_t windowLength() const { return static_cast<std::size_t>(m_rate) * windowSeconds; }

    void embed(std::span<const float> samples) {
        const int rate = m_analysis.config().sampleRate;
        const auto levels = m_rate == rate ? m_analysis.analyse(samples)
                                           : m_analysis.analyse(audio::resampleFourier(samples, m_rate, rate));
        const std::vector<float> vector = m_embedder.sound(levels);
        m_sum.resize(vector.size());
        for (std::size_t n = 0; n < vector.size(); ++n)
            m_sum[n] += static_cast<double>(vector[n]);
        ++m_windows;
    }

    const audio::LogMel& m_analysis;
    const Embedder& m_embedder;
    float m_gain;
    int m_rate = 1, m_windows = 0;
    std::size_t m_frames = 0;
    std::vector<float> m_buffer, m_last; // at most a window and a block, and the window before
    std::vector<double> m_sum;
};

} // namespace

SoundVector soundVector(const std::filesystem::path& file, const audio::LogMel& analysis, const Embedder& embedder,
                        const std::function<void()>& pulse) {
    audio::LoudnessMeter meter;
    audio::readSoundBlocks(file, [&](const audio::Clip& block) {
        if (pulse) pulse();
        meter.add(block.channels == 1 ? block : block.mono());
    });
    const double loudness = meter.integrated();
    if (!std::isfinite(loudness))
        throw base::Failure("{}: is silent, or shorter than 0.4 s; there is nothing to describe",
                            base::printable(file.string()));
    WindowSum sum(analysis, embedder, std::pow(10.0, (audio::modelLoudness - loudness) / 20.0));
    audio::readSoundBlocks(file, [&](const audio::Clip& block) {
        if (pulse) pulse();
        sum.add(block.channels == 1 ? block : block.mono());
    });
    return sum.finish();
}

} // namespace n2m::labelling
