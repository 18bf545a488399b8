#pragma once

#include <string>

namespace n2m::audio {

enum class FrequencyScale { Mel, Linear, Logarithmic };

/// The frequency axis of a spectrogram: positions run from 0 at the bottom to 1 at the top. A plain value.
///
/// Mel: mel(f) = 2595·log10(1 + f/700) (O'Shaughnessy, Speech Communication, 1987). Logarithmic: equal steps for equal
/// intervals.
class FrequencyAxis {
public:
    /// In Hz, 0 ≤ lowest < highest. The logarithmic scale begins at 20 Hz or lowest, whichever is higher.
    FrequencyAxis(FrequencyScale scale, double lowest, double highest);

    FrequencyScale scale() const { return m_scale; }
    double lowest() const { return m_lowest; }
    double highest() const { return m_highest; }

    double frequencyAt(double position) const;
    double positionOf(double frequency) const;
    bool operator==(const FrequencyAxis&) const = default;

private:
    FrequencyScale m_scale;
    double m_lowest, m_highest;
    double m_from, m_to; ///< the ends in the scale's own unit
};

/// The nearest note in equal temperament with A4 = 440 Hz and how many cents the frequency is above it: "A4 +3 ct".
/// Empty below 8 Hz, where no note has a name.
std::string noteName(double frequency);

} // namespace n2m::audio
