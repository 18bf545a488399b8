#pragma once

#include "engine/audio/Clip.h"

namespace n2m::cascade {

/// The finished clip: mono, exactly `seconds` long (rounded to a sample), without offset, without clicks at its ends,
/// at audio::modelLoudness or as close to it as a true peak of −1 dBTP allows. Any thread.
audio::Clip master(audio::Clip clip, double seconds);

} // namespace n2m::cascade
