#include "engine/audio/WaveformPyramid.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::audio {

namespace {

constexpr std::int64_t exactBlocks = 16;

std::int64_t roundedUp(std::int64_t value, std::int64_t divisor) {
    return (value + divisor - 1) / divisor;
}

} // namespace

/// The peaks of the part of a range that has been added so far.
struct WaveformPyramid::Sum {
    float lowest = 0.0f, highest = 0.0f;
    double square = 0.0; ///< sum of the samples' squares
    std::int64_t frames = 0;

    void add(const Block& block, std::int64_t count) {
        lowest = frames == 0 ? block.lowest : std::min(lowest, block.lowest);
        highest = frames == 0 ? block.highest : std::max(highest, block.highest);
        square += static_cast<double>(block.square) * static_cast<double>(count);
        frames += count;
    }
};

WaveformPyramid::WaveformPyramid(std::shared_ptr<const Clip> clip)
    : m_clip(std::move(clip)) {
    if (!m_clip || m_clip->channels < 1) throw std::invalid_argument("a waveform needs a clip with channels");
    m_frames = static_cast<std::int64_t>(m_clip->frames());
    for (std::int64_t frames = blockFrames;; frames *= factor) {
        const std::int64_t blocks = roundedUp(m_frames, frames);
        m_levels.push_back({frames, std::vector<Block>(static_cast<std::size_t>(blocks * m_clip->channels))});
        if (blocks <= 1) break;
    }
}

bool WaveformPyramid::build(std::int64_t frames) {
    std::int64_t done = built();
    const std::int64_t goal = frames >= m_frames - done ? m_frames : done + frames;
    while (done < goal) {
        buildBlock(done / blockFrames);
        done = std::min(done + blockFrames, m_frames);
        m_built.store(done, std::memory_order_release);
    }
    return done < m_frames;
}

void WaveformPyramid::buildBlock(std::int64_t block) {
    const auto channels = static_cast<std::size_t>(m_clip->channels);
    const std::int64_t begin = block * blockFrames, end = std::min(begin + blockFrames, m_frames);
    for (std::size_t channel = 0; channel < channels; ++channel) {
        const float* sample = m_clip->samples.data() + static_cast<std::size_t>(begin) * channels + channel;
        float lowest = *sample, highest = *sample, square = 0.0f;
        for (std::int64_t frame = begin; frame < end; ++frame, sample += channels) {
            lowest = std::min(lowest, *sample);
            highest = std::max(highest, *sample);
            square += *sample * *sample;
        }
        m_levels[0].blocks[static_cast<std::size_t>(block) * channels + channel] = {
            lowest, highest, square / static_cast<float>(end - begin)};
    }
    // The last child of a block completes it.
    for (std::size_t level = 1; level < m_levels.size(); ++level) {
        if (end != m_frames && end % m_levels[level].frames != 0) break;
        const std::int64_t parent = begin / m_levels[level].frames;
        for (int channel = 0; channel < m_clip->channels; ++channel)
            m_levels[level].blocks[static_cast<std::size_t>(parent) * channels + static_cast<std::size_t>(channel)] =
                merged(m_levels[level - 1], parent, channel);
    }
}

WaveformPyramid::Block WaveformPyramid::merged(const Level& below, std::int64_t block, int channel) const {
    Sum sum;
    const std::int64_t first = block * factor;
    const std::int64_t last = std::min(first + factor, roundedUp(m_frames, below.frames));
    for (std::int64_t child = first; child < last; ++child)
        sum.add(below.blocks[static_cast<std::size_t>(child * m_clip->channels + channel)],
                std::min(below.frames, m_frames - child * below.frames));
    return {sum.lowest, sum.highest, static_cast<float>(sum.square / static_cast<double>(sum.frames))};
}

void WaveformPyramid::addSamples(Sum& sum, int channel, std::int64_t begin, std::int64_t end) const {
    const auto channels = static_cast<std::size_t>(m_clip->channels);
    const float* sample =
        m_clip->samples.data() + static_cast<std::size_t>(begin) * channels + static_cast<std::size_t>(channel);
    for (std::int64_t frame = begin; frame < end; ++frame, sample += channels)
        sum.add({*sample, *sample, *sample * *sample}, 1);
}

/// `begin` and `end` are bounds of blocks of the lowest level, or the end of the clip; all between them is built.
void WaveformPyramid::addBlocks(Sum& sum, int channel, std::int64_t begin, std::int64_t end) const {
    while (begin < end) {
        // The longest block that begins here and does not go too far.
        std::size_t level = 0;
        while (level + 1 < m_levels.size()) {
            const std::int64_t next = m_levels[level + 1].frames;
            if (begin % next != 0 || std::min(begin + next, m_frames) > end) break;
            ++level;
        }
        const std::int64_t frames = m_levels[level].frames;
        const std::int64_t block = begin / frames, stop = std::min(begin + frames, m_frames);
        sum.add(m_levels[level].blocks[static_cast<std::size_t>(block * m_clip->channels + channel)], stop - begin);
        begin = stop;
    }
}

WaveformPeaks WaveformPyramid::peaks(int channel, std::int64_t begin, std::int64_t end) const {
    begin = std::max<std::int64_t>(begin, 0);
    end = std::min(end, m_frames);
    if (begin >= end) return {};
    const std::int64_t ready = built();
    Sum sum;
    if (end - begin > exactBlocks * blockFrames) {
        begin = begin / blockFrames * blockFrames;
        if (end < m_frames) end = end / blockFrames * blockFrames;
        end = std::min(end, ready);
        addBlocks(sum, channel, begin, end);
    } else {
        const std::int64_t first = roundedUp(begin, blockFrames) * blockFrames;
        const std::int64_t last = end / blockFrames * blockFrames;
        if (first >= last || last > ready) {
            addSamples(sum, channel, begin, end);
        } else {
            addSamples(sum, channel, begin, first);
            addBlocks(sum, channel, first, last);
            addSamples(sum, channel, last, end);
        }
    }
    if (sum.frames == 0) return {};
    return {sum.lowest, sum.highest, static_cast<float>(std::sqrt(sum.square / static_cast<double>(sum.frames)))};
}

void WaveformPyramid::columns(int channel, double begin, double framesPerColumn,
                              std::span<WaveformPeaks> columns) const {
    auto first = static_cast<std::int64_t>(std::floor(begin));
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto next =
            static_cast<std::int64_t>(std::floor(begin + static_cast<double>(column + 1) * framesPerColumn));
        columns[column] = peaks(channel, first, std::max(next, first + 1));
        first = next;
    }
}

} // namespace n2m::audio
