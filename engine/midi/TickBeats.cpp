#include "engine/midi/TickBeats.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace n2m::midi {
namespace {

constexpr double shortestBeat = 60.0 / 400.0, longestBeat = 60.0 / 20.0; // seconds; the tempi that a plan may have
constexpr double shortestGap = 0.04;                                     // seconds, where a metre cuts a beat off
constexpr double atTheEnd = 2e-3; // seconds before the end of the music in which no beat begins
constexpr std::size_t mostBeats = 50000;
constexpr int mostBeatsPerBar = 16;

/// The beats of a bar, so that each has a usual length.
int beatsIn(int units, double barSeconds) {
    int beats = units;
    while (beats > 1 && barSeconds / beats < shortestBeat - 1e-9) {
        do
            --beats;
        while (units % beats != 0);
    }
    while (barSeconds / beats > longestBeat + 1e-9 && beats < 10000)
        beats *= 2;
    return beats;
}

double medianGap(const std::vector<plan::Beat>& beats) {
    std::vector<double> gaps;
    for (std::size_t n = 1; n < beats.size(); ++n)
        gaps.push_back(beats[n].time - beats[n - 1].time);
    if (gaps.empty()) return 0.5;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

} // namespace

TickBeats beatsOf(const Smf& smf, double seconds) {
    TickBeats result;
    std::map<int, double> timeByBeats;
    std::size_t next = 0; // metre
    Smf::Metre metre;
    double tick = 0.0;
    while (result.beats.size() < mostBeats) {
        while (next < smf.metres.size() && static_cast<double>(smf.metres[next].tick) <= tick)
            metre = smf.metres[next++];
        const double limit = next < smf.metres.size() ? static_cast<double>(smf.metres[next].tick)
                                                      : std::numeric_limits<double>::infinity();
        const double unit = smf.clock.ticksPerQuarter() * 4.0 / metre.denominator;
        // Bars of one beat that go on: a program that knew no metre. A single one is a pick-up.
        if (metre.numerator == 1 && limit > tick + 1.5 * unit) metre.numerator = 4;
        const double begin = smf.clock.seconds(tick);
        if (begin >= seconds - atTheEnd) break;
        double ticks = unit * metre.numerator;
        double bar = smf.clock.seconds(tick + ticks) - begin;
        if (bar < shortestBeat) { // several bars as one
            ticks *= std::ceil(shortestBeat / std::max(bar, 1e-9));
            bar = std::max(smf.clock.seconds(tick + ticks) - begin, 1e-9);
        }
        const int beats = beatsIn(metre.numerator, bar);
        for (int n = 0; n < beats; ++n) {
            const double at = tick + ticks * n / beats, time = smf.clock.seconds(at);
            if (at >= limit || time >= seconds - atTheEnd) break;
            if (result.beats.empty() || time > result.beats.back().time + shortestGap)
                result.beats.push_back({time, n == 0});
        }
        timeByBeats[beats] += bar;
        tick = std::min(tick + ticks, limit);
    }
    if (!timeByBeats.empty()) {
        const auto shorter = [](const auto& a, const auto& b) { return a.second < b.second; };
        const int usual = std::max_element(timeByBeats.begin(), timeByBeats.end(), shorter)->first;
        result.beatsPerBar = std::min(usual, mostBeatsPerBar);
    }
    // A tempo is stored in whole microseconds: 97 bpm come back as 97.00003.
    const double bpm = 60.0 / medianGap(result.beats), round = std::round(bpm * 100.0) / 100.0;
    result.bpm = std::clamp(std::abs(round - bpm) < 1e-3 ? round : bpm, 20.0, 400.0);
    return result;
}

} // namespace n2m::midi
