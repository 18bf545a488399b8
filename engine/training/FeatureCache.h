#pragma once

#include "engine/audio/Clip.h"

#include <torch/types.h>

#include <filesystem>

namespace n2m::training {

/// Computes the features of sound files that training needs, and keeps them in files under the data set's `cache/`
/// folder: sound is decoded, mixed to mono, brought to −16 LUFS and resampled once. Files are replaced when the sound
/// file is newer, written atomically, and may be shared by processes.
class FeatureCache {
public:
    explicit FeatureCache(std::filesystem::path folder);

    /// Log-mel of 16 kHz audio in [-1, 1], [frames, bands] half precision, memory-mapped.
    torch::Tensor logMel(const std::filesystem::path& audio) const;

    /// The waveform at `sampleRate`, [samples] int16, memory-mapped.
    torch::Tensor waveform(const std::filesystem::path& audio, int sampleRate) const;

    /// A Griffin-Lim reconstruction of the log-mel at 16 kHz, [samples] int16, memory-mapped.
    torch::Tensor griffinLim(const std::filesystem::path& audio) const;

private:
    template <typename Compute>
    torch::Tensor cached(const std::filesystem::path& audio, const char* kind, torch::Dtype type,
                         Compute compute) const;

    std::filesystem::path m_folder;
};

} // namespace n2m::training
