#pragma once

#include "engine/evaluation/Spectrogram.h"

#include <filesystem>
#include <vector>

namespace n2m::evaluation {

/// Spectrograms as pictures in rows and columns: what the eye sees at once and no figure says. Low bands at the bottom,
/// 12.5 columns of pixels a second. Written as PNG, whole or not at all. Throws std::invalid_argument where there is
/// nothing to show, std::runtime_error for a file that cannot be written.
void writeContactSheet(const std::filesystem::path& file, const std::vector<std::vector<Spectrogram>>& rows);

} // namespace n2m::evaluation
