#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "engine/audio/SoundFile.h"

#include <cstddef>
#include <filesystem>
#include <optional>

namespace n2m::audio {

enum class Normalise {
    No,
    Loudness, ///< to ExportSettings::loudness, as far as its truePeak allows
    Peak,     ///< the true peak to ExportSettings::truePeak
};

/// How a clip is exported. The file's extension decides the container: .wav, .flac, .ogg, .opus or .mp3. A plain
/// value.
struct ExportSettings {
    SampleFormat format = SampleFormat::Pcm24; ///< of WAV and FLAC
    int sampleRate = 0;                        ///< frames per second; 0: the clip's. A container without this rate
                                               ///< (Opus has no 44.1 kHz, MP3 no 96) gets the next one it has
    Normalise normalise = Normalise::No;
    double loudness = -14.0;         ///< LUFS
    double truePeak = -1.0;          ///< dBTP
    std::optional<FrameRange> range; ///< of the clip; nothing: all of it
};

/// The outcome of an export, for warnings.
struct ExportReport {
    double gain = 0.0;       ///< dB by which the clip was raised
    bool heldBack = false;   ///< the loudness was not reached, as the peaks would have been too high
    double truePeak = 0.0;   ///< dBTP before encoding: above 0 a player clips, above −1 lossy formats may (EBU R 128)
    std::size_t clipped = 0; ///< samples beyond full scale that had to be cut off (never in 32 bit float)

    bool peaksTooHigh(const std::filesystem::path& file) const;
};

/// Cuts, resamples (resampleFourier), normalises and writes a clip, atomically, with its metadata. 16 bit gets dither
/// with a triangular distribution of ±1 step (Lipshitz, Wannamaker and Vanderkooy, 1992), from a fixed seed: the same
/// arguments give the same bytes. Any thread; some 0.1 s per minute of sound and more for lossy formats.
///
/// Throws as writeSoundFile does, and base::InvalidInput for a range outside the clip, before it changes any file.
ExportReport exportClip(const std::filesystem::path& file, const Clip& clip, const ExportSettings& settings,
                        const Metadata& metadata = {});

} // namespace n2m::audio
