#include "app/OutputFile.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace n2m::app {
namespace fs = std::filesystem;

std::string fileStem(const std::string& prompt) {
    constexpr std::size_t most = 48;
    std::string stem;
    std::string word;
    const auto addWord = [&] { // false: there was no room left for it
        if (word.empty()) return true;
        if (!stem.empty() && stem.size() + 1 + word.size() > most) return false;
        stem += (stem.empty() ? "" : "-") + word.substr(0, most);
        word.clear();
        return true;
    };
    for (const char c : prompt) {
        if (c >= 'A' && c <= 'Z')
            word += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            word += c;
        else if (c != '\'' && !addWord())
            break;
    }
    addWord();
    return stem.empty() ? "clip" : stem;
}

void checkSoundName(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".wav" && extension != ".flac" && extension != ".ogg")
        throw std::invalid_argument(
            fmt::format("'{}' does not say which format; end its name with .wav, .flac or .ogg", file.string()));
}

std::vector<fs::path> outputFiles(const std::string& named, const std::string& prompt, std::uint64_t seed, int count) {
    std::error_code ignored;
    fs::path file = named;
    if (named.empty() || !file.has_filename() || fs::is_directory(file, ignored))
        file /= fmt::format("{}-{}.flac", fileStem(prompt), seed);
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
        throw std::invalid_argument(fmt::format("'{}' is not the name of a file; name one with -o", file.string()));
    if (fs::is_directory(file, ignored))
        throw std::invalid_argument(fmt::format("'{}' is a folder; name a file in it", file.string()));
    if (fs::exists(file, ignored) && !fs::is_regular_file(file, ignored))
        throw std::invalid_argument(fmt::format("'{}' is not a regular file; name another with -o", file.string()));
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored))
        throw std::invalid_argument(
            fmt::format("there is no folder '{}'; make it, or name another place with -o", folder.string()));
    // As long as the name under which the file will be written first.
    std::string probe = (folder / fmt::format(".{}.noise2music-XXXXXX", file.filename().string())).string();
    const int descriptor = mkstemp(probe.data());
    if (descriptor < 0 && errno == ENAMETOOLONG)
        throw std::invalid_argument("the output's name is too long; name another with -o");
    if (descriptor < 0)
        throw std::invalid_argument(fmt::format("cannot write into '{}' ({}); name another place with -o",
                                                folder.string(), std::strerror(errno)));
    close(descriptor);
    unlink(probe.c_str());
}

} // namespace n2m::app
