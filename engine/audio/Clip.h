#pragma once

#include <cstddef>
#include <vector>

namespace n2m::audio {

/// A piece of sound in memory: interleaved float samples, nominally in [-1, 1].
/// Owns its samples; a plain value that may be moved between threads.
struct Clip {
    std::vector<float> samples; ///< frames × channels, interleaved
    int sampleRate = 0;         ///< frames per second
    int channels = 1;

    std::size_t frames() const;
    double seconds() const;

    /// The mean of the channels, as one channel.
    Clip mono() const;
};

} // namespace n2m::audio
