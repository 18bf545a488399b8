#pragma once

#include "engine/audio/LogMel.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace n2m::evaluation {

/// A log-mel spectrogram as audio::LogMel and the spectrogram generator make it: the input of the detectors. A plain
/// value.
struct Spectrogram {
    std::vector<float> values; ///< row-major [bands, frames], in [−1, 1]
    int bands = audio::MelConfig().bands;
    double frameRate = audio::MelConfig().frameRate();

    std::size_t frames() const { return bands > 0 ? values.size() / static_cast<std::size_t>(bands) : 0; }
    double seconds() const { return static_cast<double>(frames()) / frameRate; }
    float at(std::size_t band, std::size_t frame) const { return values[band * frames() + frame]; }
};

/// Puts pieces of half a second into an order drawn with the seed: the timbre is kept, tempo and harmony are lost. It
/// is a control: a measure of tempo or harmony must notice it.
Spectrogram shuffledInTime(const Spectrogram& spectrogram, std::uint64_t seed, double pieceSeconds = 0.5);

} // namespace n2m::evaluation
