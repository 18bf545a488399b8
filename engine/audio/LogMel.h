#pragma once

#include "engine/audio/Stft.h"

#include <cstddef>
#include <span>
#include <vector>

namespace n2m::audio {

/// How sound becomes a log-mel spectrogram. The defaults are the cascade's: 80 bands × 100 frames/s of 16 kHz audio.
struct MelConfig {
    int sampleRate = 16000; ///< samples/s
    int window = 1024;      ///< samples
    int hop = 160;          ///< samples per frame
    int bands = 80;
    /// dB that become −1 and +1; 0 dB is the power of a full-scale sine. Measured over the six clips of real music that
    /// the authors of Noise2Music published, normalised to −16 LUFS: mean −50.5 dB, standard deviation 16.2 dB, so a
    /// mean of −0.01 and a deviation of 0.36 in [−1, 1]; 99.99% of the values are below −9.3 dB and none at a bound.
    /// 60 clips of the composed corpus: mean 0.07, deviation 0.31, 0.4% at the floor, none at the ceiling.
    float floor = -95.0f;
    float ceiling = -5.0f;
    bool operator==(const MelConfig&) const = default;

    double frameRate() const { return static_cast<double>(sampleRate) / hop; }
    /// A value in [−1, 1] as dB.
    float decibels(float value) const { return floor + (value + 1.0f) * 0.5f * (ceiling - floor); }
};

/// Triangular filters that are evenly spaced from 0 Hz to the Nyquist frequency on the mel scale of Slaney's Auditory
/// Toolbox (1998: linear to 1 kHz, logarithmic above), each with a peak of 1. Immutable, may be shared by threads.
class MelFilters {
public:
    /// Throws base::InvalidInput for a configuration that is not possible, or a band that falls between two bins.
    explicit MelFilters(const MelConfig& config);

    int bands() const { return static_cast<int>(m_first.size()); }
    int bins() const { return m_bins; }

    /// The frequency of a band's peak in Hz.
    double centre(int band) const { return m_centres[static_cast<std::size_t>(band)]; }

    /// The first bin of a band, and the weights from there on. Valid as long as the filters are.
    std::size_t firstBin(std::size_t band) const { return m_first[band]; }
    std::span<const float> weights(std::size_t band) const {
        return std::span(m_weights).subspan(m_offset[band], m_offset[band + 1] - m_offset[band]);
    }

    /// mel[band] = Σ_bin weight[band, bin] · spectrum[bin]
    void apply(std::span<const float> spectrum, std::span<float> mel) const;
    /// The transpose: spectrum[bin] = Σ_band weight[band, bin] · mel[band]
    void applyTransposed(std::span<const float> mel, std::span<float> spectrum) const;

private:
    int m_bins;
    std::vector<double> m_centres;
    std::vector<std::size_t> m_first, m_offset; ///< per band: its first bin, and where its weights begin
    std::vector<float> m_weights;
};

/// Log-mel analysis, as the spectrogram generator makes it and the vocoder takes it. Immutable, may be shared by
/// threads.
///
/// Every band is the power of the sound in it, weighted by the band's triangle, relative to the power of a full-scale
/// sine: a sine of amplitude 1 in the middle of a wide band reads 0 dB. Floor and ceiling become −1 and 1; values
/// beyond them are clipped. Frames are the Stft's: frame i is centred at sample (i + ½)·hop, frames = samples/hop.
class LogMel {
public:
    explicit LogMel(const MelConfig& config = {});

    const MelConfig& config() const { return m_config; }
    const MelFilters& filters() const { return m_filters; }
    const Stft& stft() const { return m_stft; }
    std::size_t frames(std::size_t samples) const { return m_stft.frames(samples); }

    /// The factor for |X|² of the Stft that gives a full-scale sine the power 1 in all its bins together.
    float powerScale() const { return m_powerScale; }

    /// Mono samples at the configuration's rate → row-major [bands, frames], in [−1, 1]. The caller sets the loudness
    /// (normaliseLoudness). Samples must be finite: a NaN gives NaN.
    std::vector<float> analyse(std::span<const float> samples) const;

private:
    MelConfig m_config;
    MelFilters m_filters;
    Stft m_stft;
    float m_powerScale;
};

} // namespace n2m::audio
