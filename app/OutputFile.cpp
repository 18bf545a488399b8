#include "app/OutputFile.h"

#include "engine/base/Error.h"
#include "storage/FileNames.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

namespace n2m::app {
namespace fs = std::filesystem;

void checkSoundName(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".wav" && extension != ".flac" && extension != ".ogg")
        throw base::InvalidInput("'{}' does not say which format; end its name with .wav, .flac or .ogg",
                                 file.string());
}

std::vector<fs::path> outputFiles(const std::string& named, const std::string& prompt, std::uint64_t seed, int count) {
    std::error_code ignored;
    fs::path file = named;
    if (named.empty() || !file.has_filename() || fs::is_directory(file, ignored))
        file /= fmt::format("{}-{}.flac", storage::fileStem(prompt), seed);
    checkSoundName(file);
    if (count == 1) return {file};

    const std::string extension = file.extension().string();
    std::vector<fs::path> files;
    for (int i = 1; i <= count; ++i)
        files.push_back(file.parent_path() / fmt::format("{}-{}{}", file.stem().string(), i, extension));
    return files;
}

void checkWritable(const fs::path& file) {
    std::error_code ignored;
    if (!file.has_filename())
        throw base::InvalidInput("'{}' is not the name of a file; name one with -o", file.string());
    if (fs::is_directory(file, ignored)) throw base::InvalidInput("'{}' is a folder; name a file in it", file.string());
    if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored))
        throw base::InvalidInput("'{}' is not a regular file; name another with -o", file.string());
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored))
        throw base::InvalidInput("there is no folder '{}'; make it, or name another place with -o", folder.string());
    // As long as the name under which the file will be written first.
    std::string probe = (folder / fmt::format(".{}.noise2music-XXXXXX", file.filename().string())).string();
    const int descriptor = mkstemp(probe.data());
    if (descriptor < 0 && errno == ENAMETOOLONG)
        throw base::InvalidInput("the output's name is too long; name another with -o");
    if (descriptor < 0)
        throw base::InvalidInput("cannot write into '{}' ({}); name another place with -o", folder.string(),
                                 std::strerror(errno));
    close(descriptor);
    unlink(probe.c_str());
}

} // namespace n2m::app
