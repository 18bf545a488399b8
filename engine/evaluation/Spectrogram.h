#pragma once

#include "engine/audio/LogMel.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace n2m::evaluation {

/// What the detectors hear: a log-mel spectrogram as audio::LogMel and the spectrogram generator make it. A plain
/// value.
struct Spectrogram {
    std::vector<float> values; ///< row-major [bands, frames], in [−1, 1]
    int bands = audio::MelConfig().bands;
    double frameRate = audio::MelConfig().frameRate();

    std::size_t frames() const { return bands > 0 ? values.size() / static_cast<std::size_t>(bands) : 0; }
    double seconds() const { return static_cast<double>(frames()) / frameRate; }
    float at(std::size_t band, std::size_t frame) const { return values[band * frames() + frame]; }
};

/// The same in pieces of half a second, in an order drawn with the seed: what it sounds like is kept, tempo and harmony
/// are lost. A control: a measure that does not notice this is deaf to them.
Spectrogram shuffledInTime(const Spectrogram& spectrogram, std::uint64_t seed, double pieceSeconds = 0.5);

} // namespace n2m::evaluation
