#pragma once

#include "engine/audio/Clip.h"

#include <limits>
#include <memory>

namespace n2m::audio {

/// LUFS of the sound that models are trained on, and so of the sound that they make.
inline constexpr double modelLoudness = -16.0;
/// As a maximum of true peaks: none.
inline constexpr double anyPeak = std::numeric_limits<double>::infinity();

/// Integrated loudness in LUFS (ITU-R BS.1770-4, gated; EBU R 128). −infinity for silence and for clips of less than
/// 0.4 s, the length of a gating block. Any thread, as all below. Throws std::invalid_argument for a clip without
/// channels or sample rate.
double integratedLoudness(const Clip& clip);

/// The highest peak of the oversampled clip in dBTP (ITU-R BS.1770-4, annex 2). −infinity for silence.
double truePeak(const Clip& clip);

/// Multiplies the clip by one gain that brings it to `lufs`, or, where its true peak would rise above
/// `maximumTruePeak` (dBTP; anyPeak saves measuring it), only as far as that allows: there is no limiter.
/// Returns the gain in dB; a clip whose loudness is −infinity is left alone (0 dB).
double normaliseLoudness(Clip& clip, double lufs = modelLoudness, double maximumTruePeak = -1.0);

/// Measures the integrated loudness of sound that comes in blocks; the result is that of integratedLoudness() for all
/// of it. One thread at a time.
class LoudnessMeter {
public:
    LoudnessMeter();
    ~LoudnessMeter();
    LoudnessMeter(const LoudnessMeter&) = delete;
    LoudnessMeter& operator=(const LoudnessMeter&) = delete;

    /// All blocks have the rate and channels of the first. Throws as integratedLoudness() does.
    void add(const Clip& block);
    double integrated() const;

private:
    struct Meter;
    std::unique_ptr<Meter> m_meter;
};

} // namespace n2m::audio
