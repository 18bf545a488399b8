#pragma once

#include "engine/audio/LogMel.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A joint text–music embedding as functions: both make vectors of length 1 and one size. Called on one thread.
struct Embedder {
    std::string identity; ///< of its weights: vectors of different ones cannot be compared
    std::function<std::vector<std::vector<float>>(std::span<const std::string>)> texts;
    /// From a log-mel spectrogram of audio::LogMel, row-major [80, frames], of sound at −16 LUFS: 10 s or less.
    std::function<std::vector<float>(std::span<const float>)> sound;
};

/// The embedding of a sound file, and facts about it. A plain value.
struct SoundVector {
    std::vector<float> vector; ///< the mean over the windows, of length 1
    double seconds = 0.0;
    int windows = 0;
};

/// Reads a sound file twice, for its loudness and for its windows of 10 s, which do not overlap; a rest counts as a
/// window, aligned with the end, if it is half as long (Noise2Music, §4.2). Holds two windows at a time, however long
/// the file is. `pulse` is called for each block that is read and may throw to stop.
///
/// Throws base::Failure, one line with the file's name, for a file that cannot be read as sound, is damaged, silent, or
/// shorter than 0.4 s.
SoundVector soundVector(const std::filesystem::path& file, const audio::LogMel& analysis, const Embedder& embedder,
                        const std::function<void()>& pulse = {});

} // namespace n2m::labelling
