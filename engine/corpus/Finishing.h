#pragma once

#include "engine/audio/Clip.h"
#include "engine/composer/Vocabulary.h"

#include <cstdint>

namespace n2m::corpus {

/// Gives a rendered clip (one channel) the sound of its time and genre: band limits, saturation, noise, wow.
void applyFinish(audio::Clip& clip, const composer::Finish& finish, std::uint64_t seed);

/// Brings a clip to −16 LUFS with no true peak above −1 dB: where a gain alone cannot, a look-ahead limiter lowers the
/// peaks.
void master(audio::Clip& clip);

} // namespace n2m::corpus
