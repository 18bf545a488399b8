#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace n2m::app {

/// Throws std::invalid_argument for an extension that this program does not write.
void checkSoundName(const std::filesystem::path& file);

/// The files of `count` variations: `named` as it is, or with -1, -2, … before its extension where there are several;
/// where `named` is empty or a folder, the name is made of prompt and seed (FLAC). Throws as checkSoundName().
std::vector<std::filesystem::path> outputFiles(const std::string& named, const std::string& prompt, std::uint64_t seed,
                                               int count);

/// Throws std::invalid_argument if the file cannot be made: its folder is missing or not writable (it tries to write
/// there), its name is too long, or it exists and is not a regular file. Called before the work that would be lost.
void checkWritable(const std::filesystem::path& file);

} // namespace n2m::app
