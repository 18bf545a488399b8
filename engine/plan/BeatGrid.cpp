#include "engine/plan/BeatGrid.h"

#include <algorithm>
#include <cmath>

namespace n2m::plan {

namespace {
constexpr double tiny = 1e-6;
}

BeatGrid::BeatGrid(const Plan& plan)
    : m_secondsPerBeat(60.0 / std::max(plan.bpm, 1.0))
    , m_beatsPerBar(std::max(plan.beatsPerBar, 1)) {
    for (const Beat& beat : plan.beats) {
        if (beat.downbeat) m_downbeats.push_back(static_cast<double>(m_times.size()));
        m_times.push_back(beat.time);
    }
    if (m_times.empty()) m_times.push_back(0.0);
    if (m_downbeats.empty()) m_downbeats.push_back(0.0);
    m_beats = std::max(0, static_cast<int>(std::ceil(beatAt(plan.seconds) - tiny)));
}

double BeatGrid::beatAt(double seconds) const {
    if (seconds <= m_times.front()) return (seconds - m_times.front()) / m_secondsPerBeat;
    const double last = static_cast<double>(m_times.size() - 1);
    if (seconds >= m_times.back()) return last + (seconds - m_times.back()) / m_secondsPerBeat;
    const auto after = std::upper_bound(m_times.begin(), m_times.end(), seconds);
    const double from = *(after - 1);
    return static_cast<double>(after - m_times.begin() - 1) + (seconds - from) / (*after - from);
}

double BeatGrid::secondsAt(double beat) const {
    const double last = static_cast<double>(m_times.size() - 1);
    if (beat <= 0.0) return m_times.front() + beat * m_secondsPerBeat;
    if (beat >= last) return m_times.back() + (beat - last) * m_secondsPerBeat;
    const auto index = static_cast<std::size_t>(beat);
    const double part = beat - std::floor(beat);
    return m_times[index] + part * (m_times[index + 1] - m_times[index]);
}

std::size_t BeatGrid::barAt(double beat) const {
    const auto after = std::upper_bound(m_downbeats.begin(), m_downbeats.end(), beat + tiny);
    return after == m_downbeats.begin() ? 0 : static_cast<std::size_t>(after - m_downbeats.begin() - 1);
}

double BeatGrid::placeInBar(double beat) const {
    const std::size_t bar = barAt(beat);
    const double place = beat - m_downbeats[bar];
    // Inside the known bars it is the distance from the downbeat; outside them bars repeat.
    return bar + 1 < m_downbeats.size() && place >= -tiny
               ? place
               : place - m_beatsPerBar * std::floor(place / m_beatsPerBar + tiny);
}

double BeatGrid::barLength(double beat) const {
    const std::size_t bar = barAt(beat);
    return bar + 1 < m_downbeats.size() && beat >= m_downbeats[bar] - tiny ? m_downbeats[bar + 1] - m_downbeats[bar]
                                                                           : m_beatsPerBar;
}

} // namespace n2m::plan
