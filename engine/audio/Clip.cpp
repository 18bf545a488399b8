#include "engine/audio/Clip.h"

#include <numeric>

namespace n2m::audio {

std::size_t Clip::frames() const {
    return channels > 0 ? samples.size() / static_cast<std::size_t>(channels) : 0;
}

double Clip::seconds() const {
    return sampleRate > 0 ? static_cast<double>(frames()) / sampleRate : 0.0;
}

Clip Clip::mono() const {
    if (channels == 1) return *this;
    Clip result{std::vector<float>(frames()), sampleRate, 1};
    for (std::size_t frame = 0; frame < result.samples.size(); ++frame) {
        const auto first = samples.begin() + static_cast<std::ptrdiff_t>(frame * channels);
        result.samples[frame] = std::accumulate(first, first + channels, 0.0f) / static_cast<float>(channels);
    }
    return result;
}

} // namespace n2m::audio
