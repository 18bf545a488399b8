#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrequencyAxis.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace n2m::audio {

/// A piece of a spectrogram as levels in half decibels, finer than an eye can tell colours apart. A plain value.
struct SpectrogramTile {
    static constexpr float lowest = -115.0f; ///< dB of level 0; 255 is +12.5 dB

    int columns = 0, rows = 0;
    std::vector<std::uint8_t> levels; ///< [rows, columns], the highest frequency first, as in a picture

    static float decibels(std::uint8_t level) { return lowest + 0.5f * static_cast<float>(level); }
    static std::uint8_t level(float decibels);
};

/// The spectrogram of a clip for the views: short-time Fourier transforms with a Hann window of about 45 ms (1,024
/// samples at 24 kHz, 2,048 at 44.1 and 48), padded to twice that, of the mean of the channels. 0 dB is the level of a
/// full-scale sine. Beyond the ends of the clip there is silence. Immutable: any thread, several at once.
///
/// A row that spans several bins has the strongest of them, so that a tone keeps its level on every axis; between bins,
/// powers are interpolated. A column that is longer than a window has the mean power of up to four windows in it: an
/// hour on one screen is sampled, not summed.
class SpectrogramAnalysis {
public:
    /// Shares the clip, which must have channels and a sample rate and must not change. Throws std::invalid_argument
    /// otherwise, or for rows < 1.
    SpectrogramAnalysis(std::shared_ptr<const Clip> clip, const FrequencyAxis& axis, int rows);

    const FrequencyAxis& axis() const { return m_axis; }
    int rows() const { return m_rows; }
    int window() const { return m_window; }

    /// Column i is centred at begin + (i + ½)·columnSeconds. Some 30 µs a column.
    SpectrogramTile tile(double beginSeconds, double columnSeconds, int columns) const;

private:
    struct Row {
        int first = 0, last = 0; ///< bins; equal: interpolate between first and first + 1
        float weight = 0.0f;     ///< of first + 1
    };

    std::shared_ptr<const Clip> m_clip;
    FrequencyAxis m_axis;
    int m_rows, m_window, m_length;
    std::vector<float> m_hann; ///< scaled so that a full-scale sine has power 1
    std::vector<Row> m_map;    ///< the highest frequency first
};

} // namespace n2m::audio
