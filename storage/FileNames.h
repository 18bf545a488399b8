#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::storage {

inline constexpr std::string_view clipsFolder = "clips", trashFolder = "trash", excerptsFolder = "excerpts";

/// A name for a sound file from a prompt or title: "A slow, sad piano ballad" → "a-slow-sad-piano-ballad". Letters
/// outside ASCII stay; at most 60 bytes, cut between words where possible; "clip" where nothing is left.
std::string fileStem(std::string_view text);

/// The month in local time: "2026-11".
std::string monthOf(std::int64_t milliseconds);
/// The time as sound files have it, "2026-11-22T15:04:05Z", and back.
std::string timeOf(std::int64_t milliseconds);
std::optional<std::int64_t> timeFrom(const std::string& text);

/// The same path with another first folder: clips/2026-11/a.flac → trash/2026-11/a.flac.
std::filesystem::path movedTo(std::string_view top, const std::filesystem::path& file);

/// Whether a path is relative, normal and inside clips/ or trash/. Links are not followed: see Connection::pathOf().
bool isLibraryFile(const std::filesystem::path& file);
/// The same, inside trash/.
bool isTrashFile(const std::filesystem::path& file);

/// The extensions of the sound files that the library imports: ".flac" ….
const std::vector<std::string>& soundEndings();
/// Whether a name ends like a sound file's.
bool hasSoundName(const std::filesystem::path& file);

} // namespace n2m::storage
