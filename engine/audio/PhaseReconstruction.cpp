#include "engine/audio/PhaseReconstruction.h"

#include "engine/audio/PhaseIntegration.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace n2m::audio {

using kernels::lanes;

namespace {

constexpr float momentum = 0.99f;
// Updates of the magnitudes in an iteration. Measured with the bundled kind of vocoder on 6 s of each of the reference
// clips (spectral convergence, log-magnitude): 1 update .354, .617; 3 .346, .613; 8 .339, .611; 20 .337, .610.
constexpr int melUpdates = 8;
constexpr std::size_t chunkBatches = 8;

} // namespace

/// The scratch space of one thread.
struct PhaseReconstruction::Worker {
    Worker(const Stft& stft)
        : fft(stft.window())
        , frames(fft.sampleCount())
        , rows(fft.sampleCount())
        , spectrum(fft.spectrumCount()) {}

    BatchFft fft;
    LaneVector frames;   ///< [lanes, window]
    LaneVector rows;     ///< [window, lanes]
    LaneVector spectrum; ///< [bins, 2, lanes]
    LaneVector power, ratios;
};

PhaseReconstruction::PhaseReconstruction(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed,
                                         int threads)
    : m_stft(stft)
    , m_bins(static_cast<std::size_t>(stft.bins()))
    , m_frames(magnitudes.size() / m_bins)
    , m_samples(m_frames * static_cast<std::size_t>(stft.hop()))
    , m_weights(stft.overlap(m_frames)) {
    for (float& weight : m_weights)
        weight = 1.0f / weight;
    const std::size_t batches = (m_frames + lanes - 1) / lanes;
    m_magnitudes.resize(batches * m_bins * lanes);
    m_previous.resize(batches * m_bins * 2 * lanes);
    for (std::size_t frame = 0; frame < m_frames; ++frame)
        for (std::size_t bin = 0; bin < m_bins; ++bin)
            m_magnitudes[(frame / lanes * m_bins + bin) * lanes + frame % lanes] = magnitudes[frame * m_bins + bin];
    for (std::size_t first = 0; first < batches; first += chunkBatches) {
        Chunk chunk{first, std::min(batches, first + chunkBatches), stft.begin(first * lanes), {}};
        const std::ptrdiff_t end = stft.begin(std::min(m_frames, chunk.last * lanes) - 1) + stft.window();
        chunk.samples.resize(static_cast<std::size_t>(end - chunk.begin));
        m_chunks.push_back(std::move(chunk));
    }
    const auto workers =
        std::min(static_cast<std::size_t>(std::max(1, threads)), std::max<std::size_t>(1, m_chunks.size()));
    for (std::size_t worker = 0; worker < workers; ++worker)
        m_workers.emplace_back(stft);
    const std::vector<float> phases = integratedPhases(magnitudes, stft, seed, threads);
    synthesise([&](Worker& worker, std::size_t batch) { fromPhases(worker, batch, phases); });
}

PhaseReconstruction::~PhaseReconstruction() = default;

void PhaseReconstruction::iterate() {
    synthesise([this](Worker& worker, std::size_t batch) { fromSound(worker, batch); });
}

std::size_t PhaseReconstruction::batchFrames(std::size_t batch) const {
    return std::min(lanes, m_frames - batch * lanes);
}

void PhaseReconstruction::fromPhases(Worker& worker, std::size_t batch, std::span<const float> phases) {
    std::fill(worker.spectrum.begin(), worker.spectrum.end(), 0.0f);
    for (std::size_t lane = 0; lane < batchFrames(batch); ++lane) {
        const std::span phase = phases.subspan((batch * lanes + lane) * m_bins, m_bins);
        for (std::size_t bin = 0; bin < m_bins; ++bin) {
            const float magnitude = m_magnitudes[(batch * m_bins + bin) * lanes + lane];
            worker.spectrum[bin * 2 * lanes + lane] = magnitude * std::cos(phase[bin]);
            worker.spectrum[(bin * 2 + 1) * lanes + lane] = magnitude * std::sin(phase[bin]);
        }
    }
}

void PhaseReconstruction::fromSound(Worker& worker, std::size_t batch) {
    const auto window = static_cast<std::size_t>(m_stft.window());
    for (std::size_t lane = 0; lane < batchFrames(batch); ++lane)
        m_stft.cut(m_samples, batch * lanes + lane, std::span(worker.frames).subspan(lane * window, window));
    kernels::toRows(worker.frames.data(), worker.rows.data(), window);
    worker.fft.forward(worker.rows, worker.spectrum);

    const auto improve = [&](std::size_t begin, std::size_t end, const float* magnitudes) {
        kernels::improve(worker.spectrum.data() + begin * 2 * lanes,
                         m_previous.data() + (batch * m_bins + begin) * 2 * lanes, magnitudes + begin * lanes,
                         end - begin, momentum);
    };
    const float* fixed = m_magnitudes.data() + batch * m_bins * lanes;
    if (!m_melBands) return improve(0, m_bins, fixed);
    // In the bands the magnitudes are those of the sound, brought nearer to the bands.
    worker.power.resize(m_melBands->bins() * lanes);
    kernels::powers(worker.spectrum.data(), worker.power.data(), m_melBands->bins(), MelBands::smallestPower);
    m_melBands->approach(batch, worker.power, melUpdates, worker.ratios);
    kernels::roots(worker.power.data(), m_melBands->bins());
    improve(0, m_melBands->begin(), fixed);
    improve(m_melBands->begin(), m_melBands->end(), worker.power.data());
    improve(m_melBands->end(), m_bins, fixed);
}

void PhaseReconstruction::addSound(Worker& worker, std::size_t batch, Chunk& chunk) {
    const auto window = static_cast<std::size_t>(m_stft.window());
    worker.fft.inverse(worker.spectrum, worker.rows);
    kernels::toColumns(worker.rows.data(), worker.frames.data(), window);
    for (std::size_t lane = 0; lane < batchFrames(batch); ++lane) {
        float* target = chunk.samples.data() + (m_stft.begin(batch * lanes + lane) - chunk.begin);
        const float* source = worker.frames.data() + lane * window;
        const float* hann = m_stft.hann().data();
        for (std::size_t i = 0; i < window; ++i)
            target[i] += source[i] * hann[i];
    }
}

void PhaseReconstruction::synthesise(const std::function<void(Worker&, std::size_t batch)>& spectrum) {
    const auto work = [&](std::size_t number) {
        for (std::size_t index = number; index < m_chunks.size(); index += m_workers.size()) {
            Chunk& chunk = m_chunks[index];
            std::fill(chunk.samples.begin(), chunk.samples.end(), 0.0f);
            for (std::size_t batch = chunk.first; batch < chunk.last; ++batch) {
                spectrum(m_workers[number], batch);
                addSound(m_workers[number], batch, chunk);
            }
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t number = 1; number < m_workers.size(); ++number)
            others.emplace_back([&work, number] { work(number); });
        work(0);
    }
    std::fill(m_samples.begin(), m_samples.end(), 0.0f);
    const auto length = static_cast<std::ptrdiff_t>(m_samples.size());
    for (const Chunk& chunk : m_chunks) {
        const auto begin = std::max<std::ptrdiff_t>(0, chunk.begin);
        const auto end = std::min(length, chunk.begin + static_cast<std::ptrdiff_t>(chunk.samples.size()));
        const float* source = chunk.samples.data() + (begin - chunk.begin);
        for (std::ptrdiff_t i = 0; i < end - begin; ++i)
            m_samples[static_cast<std::size_t>(begin + i)] += source[i];
    }
    for (std::size_t i = 0; i < m_samples.size(); ++i)
        m_samples[i] *= m_weights[i];
}

} // namespace n2m::audio
