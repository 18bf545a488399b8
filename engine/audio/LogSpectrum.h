#pragma once

#include "engine/audio/LogMel.h"
#include "engine/audio/Stft.h"

#include <span>
#include <vector>

namespace n2m::audio {

/// How sound becomes a log-magnitude spectrum: every bin of a Fourier transform, at the frame rate of the log-mel
/// spectrograms. The defaults are 769 bins × 100 frames/s of 24 kHz audio; the window lasts as long as LogMel's.
struct SpectrumConfig {
    int sampleRate = 24000; ///< samples/s
    int window = 1536;      ///< samples
    int hop = 240;          ///< samples per frame
    /// dB that become −1 and +1, relative to LogMel's 0 dB. A bin holds only a part of a mel band's power, so both are
    /// lower than LogMel's.
    float floor = -115.0f;
    float ceiling = -15.0f;
    bool operator==(const SpectrumConfig&) const = default;

    /// The same window in seconds and the same frame rate at another sample rate. Throws base::InvalidInput unless the
    /// rate is a multiple of 1,000: a hop is a hundredth of a second, and the window must be even.
    static SpectrumConfig at(int sampleRate);

    int bins() const { return window / 2 + 1; }
};

/// Converts between sound and log-magnitude spectra. Griffin-Lim from a log-mel spectrogram lacks resolution, not
/// iterations (see GriffinLim.h): a vocoder may be trained to make this finer spectrogram from it. Immutable, may be
/// shared by threads.
class LogSpectrum {
public:
    explicit LogSpectrum(const SpectrumConfig& config = {});

    const SpectrumConfig& config() const { return m_config; }
    const Stft& stft() const { return m_stft; }

    /// Mono samples at the configuration's rate → row-major [bins, frames] in [−1, 1]; frames = samples/hop.
    std::vector<float> analyse(std::span<const float> samples) const;

    /// A first guess from the log-mel spectrogram of the same sound, row-major [bins, frames] from [bands, frames]:
    /// magnitudesFromLogMel; bins above the mel bands' range get the value of the highest bin in it. Throws
    /// base::InvalidInput where bins or frame rates do not agree, and as magnitudesFromLogMel does.
    std::vector<float> guess(std::span<const float> logMel, const LogMel& mel) const;

    /// Magnitudes for Griffin-Lim: row-major [frames, bins] of |X| from row-major [bins, frames]. Values beyond ±1
    /// count as ±1, and −1 is silence. Throws base::InvalidInput where they are not a whole number of frames, or not
    /// finite.
    std::vector<float> magnitudes(std::span<const float> logSpectrum) const;

    /// The same magnitudes with their mel bands brought to those of the given log-mel spectrogram of the same frames,
    /// row-major [bands, frames]; above its range they stay. A network that learns bin by bin errs in the level of
    /// bands, which the log-mel spectrogram has right. Throws as guess() does, and where the frames do not agree.
    std::vector<float> withMelBands(std::vector<float> magnitudes, std::span<const float> logMel,
                                    const LogMel& mel) const;

private:
    void requireShared(const MelConfig& mel) const;
    float value(float power) const;

    SpectrumConfig m_config;
    Stft m_stft;
    float m_powerScale;                  ///< as LogMel's
    float m_slope, m_offset, m_smallest; ///< value = slope · log2(power) + offset, for powers from the smallest on
};

} // namespace n2m::audio
