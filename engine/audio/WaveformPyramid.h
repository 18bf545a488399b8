#pragma once

#include "engine/audio/Clip.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace n2m::audio {

/// The extremes and the level of a range of one channel. Zeros for an empty range.
struct WaveformPeaks {
    float lowest = 0.0f, highest = 0.0f;
    float rms = 0.0f;
};

/// The lowest and highest sample and the RMS of any range of a clip, quickly at any zoom. It has levels of blocks, each
/// four times as long as those below. An hour in stereo takes some 20 MB in addition to the clip, which is shared.
///
/// One thread builds, in steps, so that it can stop in between; any thread may read meanwhile, and sees the built part.
class WaveformPyramid {
public:
    static constexpr std::int64_t blockFrames = 256; ///< frames of a block of the lowest level
    static constexpr std::int64_t factor = 4;        ///< blocks that make one of the level above

    /// The clip must have channels and not change. Allocates, but reads no sample.
    explicit WaveformPyramid(std::shared_ptr<const Clip> clip);

    const Clip& clip() const { return *m_clip; }
    std::int64_t frames() const { return m_frames; }

    /// Adds at least `frames` more frames. False: all is built.
    bool build(std::int64_t frames);
    /// The number of frames from the beginning that are built.
    std::int64_t built() const { return m_built.load(std::memory_order_acquire); }
    bool complete() const { return built() == m_frames; }

    /// The peaks of the frames begin … end − 1 that are in the clip. Exact for ranges of up to 16 blocks, built or not.
    /// Longer ranges are rounded down to whole blocks at both ends, so that ranges that meet miss nothing between them,
    /// and contain only the built part.
    WaveformPeaks peaks(int channel, std::int64_t begin, std::int64_t end) const;

    /// The peaks of one range per column: column i is the frames from `begin` + i·framesPerColumn (rounded down), at
    /// least one.
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
