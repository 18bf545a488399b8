#include "storage/FileNames.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ctime>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostBytes = 60;

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

std::tm localTime(std::int64_t milliseconds) {
    const std::time_t seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm result{};
    localtime_r(&seconds, &result);
    return result;
}

} // namespace

std::string fileStem(std::string_view text) {
    std::string stem;
    bool between = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80 || std::isalnum(byte)) {
            if (between && !stem.empty()) stem += '-';
            between = false;
            stem += byte < 0x80 ? static_cast<char>(std::tolower(byte)) : c;
        } else if (c != '\'') {
            between = true;
        }
        if (stem.size() > mostBytes + 60) break;
    }
    if (stem.size() > mostBytes) {
        std::size_t end = stem.rfind('-', mostBytes);
        if (end == std::string::npos || end < mostBytes / 2) {
            end = mostBytes;
            while (end > 0 && continues(stem[end]))
                --end;
        }
        stem.resize(end);
    }
    return stem.empty() ? "clip" : stem;
}

std::string monthOf(std::int64_t milliseconds) {
    return fmt::format("{:%Y-%m}", localTime(milliseconds));
}

std::string timeOf(std::int64_t milliseconds) {
    const std::time_t seconds = static_cast<std::time_t>(milliseconds / 1000);
    std::tm time{};
    gmtime_r(&seconds, &time);
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", time);
}

std::optional<std::int64_t> timeFrom(const std::string& text) {
    std::tm time{};
    const char* end = strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &time);
    if (!end || *end) return {};
    return std::int64_t{timegm(&time)} * 1000;
}

fs::path movedTo(std::string_view top, const fs::path& file) {
    return fs::path(top) / file.lexically_relative(*file.begin());
}

bool isLibraryFile(const fs::path& file) {
    if (file.empty() || file.is_absolute() || file != file.lexically_normal()) return false;
    const std::string first = file.begin()->string();
    return (first == clipsFolder || first == trashFolder) && ++file.begin() != file.end() && file.has_filename();
}

bool isTrashFile(const fs::path& file) {
    return isLibraryFile(file) && file.begin()->string() == trashFolder;
}

const std::vector<std::string>& soundEndings() {
    static const std::vector<std::string> endings{".flac", ".wav",  ".ogg",  ".oga", ".opus", ".mp3",
                                                  ".aif",  ".aiff", ".aifc", ".w64", ".caf",  ".au"};
    return endings;
}

bool hasSoundName(const fs::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(soundEndings().begin(), soundEndings().end(), extension) != soundEndings().end();
}

} // namespace n2m::storage
