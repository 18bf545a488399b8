#pragma once

#include "engine/audio/Clip.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace n2m::audio {

/// What a stretch of one channel looks like. Zeros for an empty stretch.
struct WaveformPeaks {
    float lowest = 0.0f, highest = 0.0f;
    float rms = 0.0f;
};

/// The lowest and highest sample and the RMS of any stretch of a clip, quickly at any zoom: levels of blocks, each four
/// times as long as the one below. An hour in stereo takes some 20 MB beside the clip, which is shared.
///
/// One thread builds, in steps, so that it can stop in between; any thread may read meanwhile, and sees what is built.
class WaveformPyramid {
public:
    static constexpr std::int64_t blockFrames = 256; ///< of the lowest level
    static constexpr std::int64_t factor = 4;

    /// The clip must have channels and not change. Allocates, but reads no sample.
    explicit WaveformPyramid(std::shared_ptr<const Clip> clip);

    const Clip& clip() const { return *m_clip; }
    std::int64_t frames() const { return m_frames; }

    /// Takes at least `frames` more frames in. False: all is built.
    bool build(std::int64_t frames);
    /// Frames from the beginning that are taken in.
    std::int64_t built() const { return m_built.load(std::memory_order_acquire); }
    bool complete() const { return built() == m_frames; }

    /// Of the frames begin … end − 1 that lie in the clip. Exact for stretches of up to 16 blocks, built or not; longer
    /// ones are rounded down to whole blocks at both ends, so that stretches which meet miss nothing between them, and
    /// hold what is built.
    WaveformPeaks peaks(int channel, std::int64_t begin, std::int64_t end) const;

    /// One stretch per column: column i is the frames from `begin` + i·framesPerColumn (rounded down), at least one.
    void columns(int channel, double begin, double framesPerColumn, std::span<WaveformPeaks> columns) const;

private:
    struct Block {
        float lowest, highest, square; ///< square: mean of the samples' squares
    };
    struct Level {
        std::int64_t frames = 0;   ///< per block; the last block of a level may have fewer
        std::vector<Block> blocks; ///< [blocks, channels]
    };
    struct Sum;

    void buildBlock(std::int64_t block);
    Block merged(const Level& below, std::int64_t block, int channel) const;
    void addSamples(Sum& sum, int channel, std::int64_t begin, std::int64_t end) const;
    void addBlocks(Sum& sum, int channel, std::int64_t begin, std::int64_t end) const;

    std::shared_ptr<const Clip> m_clip;
    std::int64_t m_frames;
    std::vector<Level> m_levels;
    std::atomic<std::int64_t> m_built{0};
};

} // namespace n2m::audio
