#include "engine/audio/FrequencyAxis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace n2m::audio {

namespace {

double toScale(FrequencyScale scale, double frequency) {
    switch (scale) {
    case FrequencyScale::Mel:
        return 2595.0 * std::log10(1.0 + frequency / 700.0);
    case FrequencyScale::Logarithmic:
        return std::log2(std::max(frequency, 1e-3));
    case FrequencyScale::Linear:
        break;
    }
    return frequency;
}

double fromScale(FrequencyScale scale, double value) {
    switch (scale) {
    case FrequencyScale::Mel:
        return 700.0 * (std::pow(10.0, value / 2595.0) - 1.0);
    case FrequencyScale::Logarithmic:
        return std::exp2(value);
    case FrequencyScale::Linear:
        break;
    }
    return value;
}

} // namespace

FrequencyAxis::FrequencyAxis(FrequencyScale scale, double lowest, double highest)
    : m_scale(scale)
    , m_lowest(scale == FrequencyScale::Logarithmic ? std::max(lowest, 20.0) : lowest)
    , m_highest(std::max(highest, m_lowest + 1.0))
    , m_from(toScale(scale, m_lowest))
    , m_to(toScale(scale, m_highest)) {}

double FrequencyAxis::frequencyAt(double position) const {
    return fromScale(m_scale, m_from + position * (m_to - m_from));
}

double FrequencyAxis::positionOf(double frequency) const {
    return (toScale(m_scale, frequency) - m_from) / (m_to - m_from);
}

std::string noteName(double frequency) {
    if (!(frequency >= 8.0)) return {};
    static constexpr std::array<const char*, 12> names = {"C",  "C#", "D",  "D#", "E",  "F",
                                                          "F#", "G",  "G#", "A",  "A#", "B"};
    const double midi = 69.0 + 12.0 * std::log2(frequency / 440.0);
    const auto nearest = static_cast<int>(std::lround(midi));
    const auto cents = static_cast<int>(std::lround((midi - nearest) * 100.0));
    const std::string note =
        fmt::format("{}{}", names[static_cast<std::size_t>((nearest % 12 + 12) % 12)], (nearest + 12) / 12 - 2);
    return cents == 0 ? note : fmt::format("{} {:+d} ct", note, cents);
}

} // namespace n2m::audio
