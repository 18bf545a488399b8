#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace n2m::audio {

/// Tells which frame is heard when: written by the audio callback once per buffer, read at display rate.
struct PlaybackMoment {
    double frame = 0.0;     ///< of the clip
    double time = 0.0;      ///< seconds of the steady clock at which that frame leaves the loudspeaker
    double rate = 0.0;      ///< frames per second
    double begin = 0.0;     ///< the first frame heard since the run, the jump or the loop began
    double loopBegin = 0.0; ///< of the loop that has been gone round at least once; both 0 if none has
    double loopEnd = 0.0;
    double jump = 0.0; ///< number of the last jump that was made

    /// The frame that is heard at `now`. Between two buffers the sound goes on, and the newest buffer is heard a little
    /// later: so this may be before `frame`, at the end of the loop.
    double frameAt(double now) const;
};

/// A moment that one thread writes without waiting and others read whole: a sequence lock, in which every field is
/// atomic, so that there is no race even where a reader must try again.
class PlaybackMomentCell {
public:
    void store(const PlaybackMoment& moment);
    PlaybackMoment load() const;

private:
    static constexpr std::size_t fields = 7;
    std::atomic<std::uint32_t> m_sequence{0};
    std::array<std::atomic<double>, fields> m_values{};
};

} // namespace n2m::audio
