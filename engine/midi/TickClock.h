#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace n2m::midi {

/// A change of the tempo of a MIDI file.
struct TempoChange {
    std::uint64_t tick = 0;
    std::uint32_t microseconds = 500000; ///< of a quarter note; never 0
    bool operator==(const TempoChange&) const = default;
};

/// The times of a MIDI file's ticks, by its division and its tempo changes. Immutable: any thread.
class TickClock {
public:
    /// Counts `perQuarter` ticks to a quarter note. Of changes on the same tick the last counts; before the first one a
    /// quarter lasts half a second, as the standard says.
    TickClock(int perQuarter, std::vector<TempoChange> changes);
    /// Counts ticks of a fixed length, as SMPTE divisions do. A quarter is then as long as in the first tempo change.
    static TickClock fixed(double ticksPerSecond, const std::vector<TempoChange>& changes);

    double seconds(double tick) const;
    /// The nearest tick to a time; 0 for times before the start.
    std::uint64_t tick(double seconds) const;
    double ticksPerQuarter() const { return m_perQuarter; }

private:
    struct Segment {
        double tick = 0.0, seconds = 0.0, perTick = 0.0;
    };
    TickClock() = default;

    double m_perQuarter = 480.0;
    std::vector<Segment> m_segments; ///< the first begins at tick 0
};

} // namespace n2m::midi
