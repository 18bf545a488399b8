#include "engine/audio/PlaybackMoment.h"

#include <algorithm>
#include <cmath>

namespace n2m::audio {

double PlaybackMoment::frameAt(double now) const {
    // A callback that comes late must not make the playhead run away.
    constexpr double mostAhead = 0.25; // seconds
    const double heard = frame + std::min(now - time, mostAhead) * rate;
    if (loopEnd <= loopBegin) return std::max(heard, begin);
    const double length = loopEnd - loopBegin;
    return heard >= loopBegin && heard < loopEnd ? heard : heard - std::floor((heard - loopBegin) / length) * length;
}

// Every access to a value is an acquire or a release, not relaxed with fences: that is as cheap on x86, and the thread
// sanitizer understands it.
void PlaybackMomentCell::store(const PlaybackMoment& moment) {
    const std::uint32_t sequence = m_sequence.load(std::memory_order_relaxed);
    m_sequence.store(sequence + 1, std::memory_order_relaxed);
    const std::array<double, fields> values = {moment.frame,     moment.time,    moment.rate, moment.begin,
                                               moment.loopBegin, moment.loopEnd, moment.jump};
    for (std::size_t i = 0; i < fields; ++i)
        m_values[i].store(values[i], std::memory_order_release);
    m_sequence.store(sequence + 2, std::memory_order_release);
}

PlaybackMoment PlaybackMomentCell::load() const {
    while (true) {
        const std::uint32_t before = m_sequence.load(std::memory_order_acquire);
        std::array<double, fields> values;
        for (std::size_t i = 0; i < fields; ++i)
            values[i] = m_values[i].load(std::memory_order_acquire);
        if (before % 2 == 0 && m_sequence.load(std::memory_order_relaxed) == before)
            return {values[0], values[1], values[2], values[3], values[4], values[5], values[6]};
    }
}

} // namespace n2m::audio
