#pragma once

#include "engine/audio/Clip.h"

namespace n2m::test {

/// A sine tone, whose samples a test can compute itself. Interleaved, the same in every channel.
audio::Clip tone(double seconds, double frequency = 440.0, int sampleRate = 24000, int channels = 1,
                 float amplitude = 0.5f);

} // namespace n2m::test
