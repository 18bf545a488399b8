#include "engine/midi/TickClock.h"

#include <algorithm>
#include <cmath>

namespace n2m::midi {

TickClock::TickClock(int perQuarter, std::vector<TempoChange> changes)
    : m_perQuarter(std::max(1, perQuarter)) {
    std::stable_sort(changes.begin(), changes.end(),
                     [](const TempoChange& a, const TempoChange& b) { return a.tick < b.tick; });
    m_segments.push_back({0.0, 0.0, TempoChange().microseconds / (1e6 * m_perQuarter)});
    for (const TempoChange& change : changes) {
        const double perTick = change.microseconds / (1e6 * m_perQuarter), tick = static_cast<double>(change.tick);
        if (m_segments.back().tick == tick)
            m_segments.back().perTick = perTick;
        else
            m_segments.push_back({tick, seconds(tick), perTick});
    }
}

TickClock TickClock::fixed(double ticksPerSecond, const std::vector<TempoChange>& changes) {
    TickClock clock;
    clock.m_segments.push_back({0, 0.0, 1.0 / ticksPerSecond});
    const TempoChange tempo = changes.empty() ? TempoChange() : changes.front();
    clock.m_perQuarter = ticksPerSecond * tempo.microseconds / 1e6;
    return clock;
}

double TickClock::seconds(double tick) const {
    const auto after = std::upper_bound(m_segments.begin() + 1, m_segments.end(), tick,
                                        [](double value, const Segment& segment) { return value < segment.tick; });
    const Segment& segment = *std::prev(after);
    return segment.seconds + (tick - segment.tick) * segment.perTick;
}

std::uint64_t TickClock::tick(double time) const {
    const auto after = std::upper_bound(m_segments.begin() + 1, m_segments.end(), time,
                                        [](double value, const Segment& segment) { return value < segment.seconds; });
    const Segment& segment = *std::prev(after);
    const double ticks = std::max(0.0, time - segment.seconds) / segment.perTick;
    return static_cast<std::uint64_t>(std::llround(std::min(segment.tick + ticks, 1e15)));
}

} // namespace n2m::midi
