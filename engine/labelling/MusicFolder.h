#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace n2m::labelling {

/// A file or folder that was left out, and the reason, as one line.
struct Skipped {
    std::string line;
};

/// The files of music in a folder.
struct MusicFolder {
    std::filesystem::path folder;             ///< absolute
    std::vector<std::filesystem::path> files; ///< relative to it, in the order of their names' bytes
    std::vector<Skipped> skipped;             ///< folders that cannot be read, names that are not UTF-8
};

/// Looks for files that are named like music, in the folder and those in it; hidden ones and those in `except` are left
/// out, links to folders are not followed. Formats that cannot be read (.m4a, .wma …) are listed, too, so that reading
/// them says so. Throws base::InvalidInput if there is no such folder, or no music in it.
MusicFolder findMusic(const std::filesystem::path& folder, const std::filesystem::path& except = {});

} // namespace n2m::labelling
