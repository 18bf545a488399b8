#include "engine/cascade/Mastering.h"

#include "engine/audio/Loudness.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace n2m::cascade {

namespace {

constexpr double fadeSeconds = 0.005;

} // namespace

audio::Clip master(audio::Clip clip, double seconds) {
    clip.samples.resize(static_cast<std::size_t>(std::llround(seconds * clip.sampleRate)), 0.0f);
    const double offset =
        std::accumulate(clip.samples.begin(), clip.samples.end(), 0.0) / static_cast<double>(clip.samples.size());
    for (float& sample : clip.samples)
        sample -= static_cast<float>(offset);
    const std::size_t fade = std::min(static_cast<std::size_t>(fadeSeconds * clip.sampleRate), clip.samples.size() / 2);
    for (std::size_t index = 0; index < fade; ++index) {
        const float share = static_cast<float>(index) / static_cast<float>(fade);
        clip.samples[index] *= share;
        clip.samples[clip.samples.size() - 1 - index] *= share;
    }
    audio::normaliseLoudness(clip, audio::modelLoudness);
    return clip;
}

} // namespace n2m::cascade
