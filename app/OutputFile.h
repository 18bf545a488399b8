#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace n2m::app {

/// "A slow, sad piano ballad" → "a-slow-sad-piano-ballad": what of a prompt can stand in any file name, at most 48
/// letters and digits, cut between words; "clip" where nothing is left.
std::string fileStem(const std::string& prompt);

/// Throws std::invalid_argument for an extension that sound is not written to here.
void checkSoundName(const std::filesystem::path& file);

/// The files that `count` variations go into: `named` as it is, or with -1, -2, … before its extension where there are
/// several; where `named` is empty or a folder, the prompt and the seed make the name (FLAC). Throws as
/// checkSoundName().
std::vector<std::filesystem::path> outputFiles(const std::string& named, const std::string& prompt, std::uint64_t seed,
                                               int count);

/// Throws std::invalid_argument if the file cannot be made: its folder is missing or cannot be written to (tried, not
/// guessed), its name is too long, or it is there and no regular file. Before the work that would be lost otherwise.
void checkWritable(const std::filesystem::path& file);

} // namespace n2m::app
