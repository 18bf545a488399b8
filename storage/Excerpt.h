#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "storage/Take.h"

#include <filesystem>

namespace n2m::storage {

/// Writes a range of a take as a sound file of its own, for other programs: excerpts/NAME-4.000-8.500s.flac in the
/// library's folder, exact to the sample, with the take's metadata. A project of another program may use the file, so
/// nothing here changes or deletes it, and a rebuild does not import it. The same range again gives the same file.
///
/// `clip` is the sound of the take's file. Returns the file, absolute, whole and on the disk. Any thread; some 0.2 s
/// for 30 s of sound. Throws std::invalid_argument for an empty range and std::runtime_error where the file cannot be
/// written, one line each.
std::filesystem::path writeExcerpt(const std::filesystem::path& library, const Take& take, const audio::Clip& clip,
                                   const audio::FrameRange& range);

} // namespace n2m::storage
