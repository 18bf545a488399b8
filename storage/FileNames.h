#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::storage {

inline constexpr std::string_view clipsFolder = "clips", trashFolder = "trash", excerptsFolder = "excerpts";

/// "A slow, sad piano ballad" → "a-slow-sad-piano-ballad": what of a text can stand in a file's name on any system.
/// Letters beyond ASCII stay; at most 60 bytes, cut between words where that is possible; "clip" where nothing is left.
std::string fileStem(std::string_view text);

/// "2026-11", in local time.
std::string monthOf(std::int64_t milliseconds);
/// "2026-11-22T15:04:05Z", as it stands in sound files, and back.
std::string timeOf(std::int64_t milliseconds);
std::optional<std::int64_t> timeFrom(const std::string& text);

/// The same path with its first folder exchanged: clips/2026-11/a.flac → trash/2026-11/a.flac.
std::filesystem::path movedTo(std::string_view top, const std::filesystem::path& file);

/// Whether a path is relative, stays inside and lies under clips/ or trash/.
bool isLibraryFile(const std::filesystem::path& file);
bool isTrashFile(const std::filesystem::path& file);

/// ".flac" …: what sound files are called that the library takes in.
const std::vector<std::string>& soundEndings();
/// Whether a name ends like a sound file's.
bool hasSoundName(const std::filesystem::path& file);

} // namespace n2m::storage
