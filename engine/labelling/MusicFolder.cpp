#include "engine/labelling/MusicFolder.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <system_error>

namespace n2m::labelling {

namespace fs = std::filesystem;

namespace {

bool isNamedLikeMusic(const fs::path& file) {
    static const std::set<std::string> endings{".wav",  ".flac", ".ogg", ".oga", ".opus", ".mp3", ".aif",
                                               ".aiff", ".aifc", ".au",  ".caf", ".w64",  ".m4a", ".aac",
                                               ".wma",  ".ape",  ".mpc", ".wv",  ".mp2",  ".mp4"};
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return endings.contains(ending);
}

void search(const fs::path& place, const fs::path& except, MusicFolder& found) {
    std::error_code error;
    fs::directory_iterator entry(place, error);
    for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const fs::path name = entry->path().filename();
        if (name.string().starts_with('.')) continue;
        std::error_code ignored;
        const fs::path relative = entry->path().lexically_relative(found.folder);
        if (entry->is_directory(ignored)) {
            if (!entry->is_symlink(ignored) && (except.empty() || entry->path() != except))
                search(entry->path(), except, found);
        } else if (isNamedLikeMusic(name)) {
            if (base::isUtf8(relative.string()))
                found.files.push_back(relative);
            else
                found.skipped.push_back(
                    {fmt::format("{}: its name is not UTF-8; rename it", base::printable(relative.string()))});
        }
    }
    if (error)
        found.skipped.push_back(
            {fmt::format("{}: cannot be read: {}", base::printable(place.string()), error.message())});
}

} // namespace

MusicFolder findMusic(const fs::path& folder, const fs::path& except) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        throw base::InvalidInput("{}: is not a folder; name the folder with the music",
                                 base::printable(folder.string()));
    MusicFolder found;
    found.folder = fs::canonical(folder, error);
    const fs::path out = except.empty() ? fs::path() : fs::weakly_canonical(except, error);
    search(found.folder, out == found.folder ? fs::path() : out, found);
    std::sort(found.files.begin(), found.files.end(),
              [](const fs::path& a, const fs::path& b) { return a.native() < b.native(); });
    if (found.files.empty() && found.skipped.empty())
        throw base::InvalidInput("{}: has no music in it (WAV, FLAC, Ogg, Opus, MP3, AIFF)",
                                 base::printable(folder.string()));
    return found;
}

} // namespace n2m::labelling
