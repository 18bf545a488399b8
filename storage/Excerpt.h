#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "storage/Take.h"

#include <filesystem>

namespace n2m::storage {

/// A stretch of a take as a sound file of its own, for other programs: excerpts/NAME-4.000-8.500s.flac in the library's
/// folder, exact to the sample, with the take's metadata. It stays there, as a project of another program may count on
/// it: it is no clip of the library, no rebuild takes it for one, and nothing here ever changes or deletes it. The same
/// stretch again is the same file.
///
/// `clip` is what the take's file holds. Returns the file, absolute, whole and on the disk. Any thread; some 0.2 s for
/// 30 s of sound. Throws std::invalid_argument for a range with nothing in it and std::runtime_error where the file
/// cannot be written, one line each.
std::filesystem::path writeExcerpt(const std::filesystem::path& library, const Take& take, const audio::Clip& clip,
                                   const audio::FrameRange& range);

} // namespace n2m::storage
