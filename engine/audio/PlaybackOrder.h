#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace n2m::audio {

/// All that the audio callback is told, as one value that never changes once it is given: the callback never sees half
/// of one order and half of the next. Frames are the clip's own.
struct PlaybackOrder {
    std::shared_ptr<const Clip> clip;
    bool playing = false;
    std::optional<FrameRange> loop; ///< inside the clip and not empty; begun again and again once it is entered
    std::int64_t stopAt = 0;        ///< the frame before which playing ends where nothing loops
    float gain = 1.0f;              ///< of this clip, in addition to the volume: for level-matched comparison

    /// Numbers that count up. A run is one press of "play"; a jump is a new position, and an order that follows before
    /// the callback has seen the jump repeats it.
    std::uint64_t run = 0;
    std::uint64_t jump = 0;
    std::int64_t jumpTo = 0;
};

} // namespace n2m::audio
