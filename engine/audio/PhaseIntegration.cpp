#include "engine/audio/PhaseIntegration.h"

#include "engine/base/Error.h"
#include "engine/base/Random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <thread>

namespace n2m::audio {

namespace {

constexpr double hannRatio = 0.25645; // γ over the squared window's length, in table I of the paper
constexpr float tolerance = 1e-4f;    // of the loudest magnitude
constexpr float stepsPerE = 16.0f;
constexpr std::size_t segmentFrames = 256;
constexpr float fullTurn = 2.0f * std::numbers::pi_v<float>;
constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// The same phase within ±π. Sums over many bins stay exact if each of them is brought there.
float wrapped(float phase) {
    return phase - fullTurn * static_cast<float>(static_cast<int>(phase / fullTurn + (phase < 0.0f ? -0.5f : 0.5f)));
}

/// Bins that wait for their turn, the loudest first; of equally loud ones the last that came. A bin may wait once.
class BucketQueue {
public:
    BucketQueue(std::size_t buckets, std::size_t bins)
        : m_last(buckets, nobody)
        , m_before(bins, nobody) {}

    void push(std::uint32_t bucket, std::uint32_t bin) {
        m_before[bin] = m_last[bucket];
        m_last[bucket] = bin;
        m_highest = std::max(m_highest, bucket);
    }
    /// The next bin, or nobody.
    std::uint32_t pop() {
        while (m_last[m_highest] == nobody && m_highest > 0)
            --m_highest;
        const std::uint32_t bin = m_last[m_highest];
        if (bin != nobody) m_last[m_highest] = m_before[bin];
        return bin;
    }

private:
    std::vector<std::uint32_t> m_last, m_before; ///< per bucket; per bin, the one that came before it
    std::uint32_t m_highest = 0;
};

/// The magnitudes and the constants that all segments share. Immutable.
class Spectrogram {
public:
    Spectrogram(std::span<const float> magnitudes, const Stft& stft)
        : m_magnitudes(magnitudes)
        , m_bins(static_cast<std::size_t>(stft.bins()))
        , m_frames(magnitudes.size() / m_bins)
        , m_quietest(std::max(tolerance * *std::max_element(magnitudes.begin(), magnitudes.end()), 1e-30f))
        , m_turns(m_bins) {
        const double window = stft.window(), hop = stft.hop(), gamma = hannRatio * window * window;
        m_alongBins = static_cast<float>(hop * window / gamma);
        m_alongFrames = static_cast<float>(gamma / (hop * window));
        // Whole turns do not count.
        for (std::size_t bin = 0; bin < m_bins; ++bin)
            m_turns[bin] = static_cast<float>(2.0 * std::numbers::pi / window *
                                              std::remainder(hop * static_cast<double>(bin), window));
    }

    std::size_t bins() const { return m_bins; }
    std::size_t frames() const { return m_frames; }
    bool audible(std::size_t frame, std::size_t bin) const { return m_magnitudes[frame * m_bins + bin] > m_quietest; }
    std::size_t buckets() const { return static_cast<std::size_t>(-std::log(tolerance) * stepsPerE) + 2; }

    /// ln |X| of one frame above that of the quietest audible bin.
    void levels(std::size_t frame, std::vector<float>& result) const {
        result.resize(m_bins);
        for (std::size_t bin = 0; bin < m_bins; ++bin)
            result[bin] = std::log(std::max(1.0f, m_magnitudes[frame * m_bins + bin] / m_quietest));
    }
    float perFrame(const std::vector<float>& levels, std::size_t bin) const {
        const std::size_t above = std::min(bin + 1, m_bins - 1), below = bin > 0 ? bin - 1 : 0;
        return m_alongBins * (levels[above] - levels[below]) / static_cast<float>(above - below) + m_turns[bin];
    }
    float perBin(float before, float after, std::size_t distance) const {
        const float slope = distance > 0 ? (after - before) / static_cast<float>(distance) : 0.0f;
        return -m_alongFrames * slope - std::numbers::pi_v<float>;
    }

private:
    std::span<const float> m_magnitudes;
    std::size_t m_bins, m_frames;
    float m_quietest, m_alongBins = 0.0f, m_alongFrames = 0.0f;
    std::vector<float> m_turns; ///< per frame, of each bin's centre
};

/// One bin: the gradient of its phase, and the phase. The fields of a neighbour are in the same line of the cache.
struct Cell {
    float perFrame, perBin, phase;
    std::uint32_t bucket; ///< nobody: the phase is known
};

/// The integration over the frames from `first` to `last`. Where a neighbour is finished, its frame next to the
/// segment is a border from which the integration starts.
class Segment {
public:
    Segment(const Spectrogram& spectrogram, std::size_t first, std::size_t last, bool fromNeighbours)
        : m_spectrogram(spectrogram)
        , m_bins(spectrogram.bins())
        , m_first(first)
        , m_last(last)
        , m_begin(fromNeighbours && first > 0 ? first - 1 : first)
        , m_end(fromNeighbours && last < spectrogram.frames() ? last + 1 : last)
        , m_cells((m_end - m_begin) * m_bins)
        , m_queue(spectrogram.buckets(), m_cells.size()) {}

    /// `phases` of the whole spectrogram: reads those of the neighbours' frames and writes its own.
    void integrate(std::span<float> phases, base::Random random) {
        differentiate();
        std::vector<std::vector<std::uint32_t>> starts(m_spectrogram.buckets());
        for (std::size_t frame = m_begin; frame < m_end; ++frame) {
            const bool border = frame < m_first || frame >= m_last;
            for (std::size_t bin = 0; bin < m_bins; ++bin) {
                const std::size_t index = (frame - m_begin) * m_bins + bin;
                Cell& cell = m_cells[index];
                const std::uint32_t bucket = cell.bucket;
                const bool audible = m_spectrogram.audible(frame, bin);
                if (border) {
                    settle(cell, phases[frame * m_bins + bin]);
                    if (audible) m_queue.push(bucket, static_cast<std::uint32_t>(index));
                } else if (!audible) {
                    settle(cell, fullTurn * static_cast<float>(random.uniform() - 0.5));
                } else {
                    starts[bucket].push_back(static_cast<std::uint32_t>(index));
                }
            }
        }
        flood();
        // Each region of audible bins that no border touches starts at its loudest bin.
        for (std::size_t bucket = starts.size(); bucket-- > 0;) {
            for (const std::uint32_t start : starts[bucket]) {
                if (m_cells[start].bucket == nobody) continue;
                settle(m_cells[start], 0.0f);
                m_queue.push(static_cast<std::uint32_t>(bucket), start);
                flood();
            }
        }
        for (std::size_t index = m_first * m_bins; index < m_last * m_bins; ++index)
            phases[index] = m_cells[index - m_begin * m_bins].phase;
    }

private:
    static void settle(Cell& cell, float phase) {
        cell.phase = phase;
        cell.bucket = nobody;
    }

    void differentiate() {
        const std::size_t frames = m_spectrogram.frames();
        const auto highest = static_cast<float>(m_spectrogram.buckets() - 1);
        std::vector<float> before, now, after;
        m_spectrogram.levels(m_begin > 0 ? m_begin - 1 : 0, before);
        m_spectrogram.levels(m_begin, now);
        for (std::size_t frame = m_begin; frame < m_end; ++frame) {
            const std::size_t next = std::min(frame + 1, frames - 1);
            m_spectrogram.levels(next, after);
            const std::size_t distance = next - (frame > 0 ? frame - 1 : 0);
            Cell* cells = m_cells.data() + (frame - m_begin) * m_bins;
            for (std::size_t bin = 0; bin < m_bins; ++bin)
                cells[bin] = {m_spectrogram.perFrame(now, bin), m_spectrogram.perBin(before[bin], after[bin], distance),
                              0.0f, static_cast<std::uint32_t>(std::min(highest, now[bin] * stepsPerE))};
            std::swap(before, now);
            std::swap(now, after);
        }
    }

    /// Follows the waiting bins until nobody waits.
    void flood() {
        for (std::uint32_t index = m_queue.pop(); index != nobody; index = m_queue.pop()) {
            const Cell cell = m_cells[index];
            const std::size_t frame = index / m_bins, bin = index % m_bins;
            if (frame + 1 < m_end - m_begin) reach(index + m_bins, cell.phase, cell.perFrame, 0.5f, &Cell::perFrame);
            if (frame > 0) reach(index - m_bins, cell.phase, cell.perFrame, -0.5f, &Cell::perFrame);
            if (bin + 1 < m_bins) reach(index + 1, cell.phase, cell.perBin, 0.5f, &Cell::perBin);
            if (bin > 0) reach(index - 1, cell.phase, cell.perBin, -0.5f, &Cell::perBin);
        }
    }

    void reach(std::size_t index, float phase, float slope, float half, float Cell::*gradient) {
        Cell& cell = m_cells[index];
        const std::uint32_t bucket = cell.bucket;
        if (bucket == nobody) return;
        settle(cell, wrapped(phase + half * (slope + cell.*gradient)));
        m_queue.push(bucket, static_cast<std::uint32_t>(index));
    }

    const Spectrogram& m_spectrogram;
    std::size_t m_bins, m_first, m_last;
    std::size_t m_begin, m_end; ///< the frames with the borders
    std::vector<Cell> m_cells;
    BucketQueue m_queue;
};

} // namespace

std::vector<float> integratedPhases(std::span<const float> magnitudes, const Stft& stft, std::uint64_t seed,
                                    int threads) {
    if (magnitudes.size() % static_cast<std::size_t>(stft.bins()) != 0)
        throw base::InvalidInput("the magnitudes for Griffin-Lim are not a whole number of frames");
    std::vector<float> phases(magnitudes.size());
    if (phases.empty()) return phases;
    const Spectrogram spectrogram(magnitudes, stft);
    const std::size_t frames = spectrogram.frames(), segments = std::max<std::size_t>(1, frames / segmentFrames);
    const auto step = 2 * static_cast<std::size_t>(std::max(1, threads));
    const auto integrate = [&](std::size_t begin) {
        for (std::size_t segment = begin; segment < segments; segment += step)
            Segment(spectrogram, frames * segment / segments, frames * (segment + 1) / segments, segment % 2 == 1)
                .integrate(phases, base::Random(base::derivedSeed(seed, segment)));
    };
    for (const std::size_t parity : {0u, 1u}) {
        std::vector<std::jthread> others;
        for (std::size_t begin = parity + 2; begin < std::min(step, segments); begin += 2)
            others.emplace_back([&integrate, begin] { integrate(begin); });
        integrate(parity);
    }
    return phases;
}

} // namespace n2m::audio
