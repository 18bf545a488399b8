#pragma once

#include "engine/audio/Clip.h"

#include <cstddef>
#include <span>
#include <vector>

namespace n2m::audio {

/// The sound that is assumed beyond the ends.
enum class Edges {
    Reflected, ///< its mirror image: no click where the ends differ. For recordings and pieces of recordings
    Periodic,  ///< the sound again, as in the plain Fourier method: exact for periodic, band-limited sound
};

/// The number of samples after resampling: samples · to / from, rounded to the nearest. Any thread, as all below.
std::size_t resampledLength(std::size_t samples, int from, int to);

/// One channel from one rate to another in the Fourier domain: rfft, the spectrum cut or padded with zeros, irfft (as
/// Noise2Music upsamples the low-rate audio). Everything below the lower of the two Nyquist frequencies is kept,
/// everything above is removed, without delay: output sample m is the sound at m/to seconds.
///
/// With reflected edges the sound is worked on in blocks of 65,536 samples that overlap and fade out before
/// they repeat: at the seams a sine of up to 98% of the lower Nyquist frequency is off by less than −90 dB. Near the
/// ends the mirror image bends it, by an error that fades with one over the distance.
///
/// Throws base::InvalidInput for rates that are not positive, or whose ratio has terms over 200,000 or prime factors
/// over 6,000 when reduced (all rates in use are far from it; a transform would take for ever); with periodic edges
/// also where samples · to / from is not a whole number.
std::vector<float> resampleFourier(std::span<const float> samples, int from, int to, Edges edges = Edges::Reflected);

/// All channels of a clip, with reflected edges.
Clip resample(const Clip& clip, int sampleRate);

} // namespace n2m::audio
