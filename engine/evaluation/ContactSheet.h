#pragma once

#include "engine/evaluation/Spectrogram.h"

#include <filesystem>
#include <vector>

namespace n2m::evaluation {

/// Writes spectrograms as pictures in rows and columns to a PNG, whole or not at all. Low bands are at the bottom; a
/// second has 12.5 columns of pixels. Throws base::InvalidInput if there is nothing to show, base::Failure for a file
/// that cannot be written.
void writeContactSheet(const std::filesystem::path& file, const std::vector<std::vector<Spectrogram>>& rows);

} // namespace n2m::evaluation
