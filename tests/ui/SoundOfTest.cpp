#include "tests/ui/SoundOfTest.h"

#include <cmath>
#include <numbers>

namespace n2m::test {

audio::Clip tone(double seconds, double frequency, int sampleRate, int channels, float amplitude) {
    audio::Clip clip;
    clip.sampleRate = sampleRate;
    clip.channels = channels;
    const auto frames = static_cast<std::size_t>(std::llround(seconds * sampleRate));
    clip.samples.reserve(frames * static_cast<std::size_t>(channels));
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const double phase = 2.0 * std::numbers::pi * frequency * static_cast<double>(frame) / sampleRate;
        clip.samples.insert(clip.samples.end(), static_cast<std::size_t>(channels),
                            amplitude * static_cast<float>(std::sin(phase)));
    }
    return clip;
}

} // namespace n2m::test
