#include "storage/Library.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace n2m::storage {

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

fs::path configuration() {
    const std::string folder = variable("XDG_CONFIG_HOME");
    return folder.starts_with('/') ? fs::path(folder) : fs::path(variable("HOME")) / ".config";
}

/// The file with the folder of setDefaultFolder(), as its only line.
fs::path chosenFile() {
    return configuration() / "Noise2Music/library";
}

fs::path chosenFolder() {
    std::ifstream file(chosenFile());
    std::string line;
    std::getline(file, line);
    return line.starts_with('/') ? fs::path(line) : fs::path();
}

/// The music folder, for which the desktop writes XDG_MUSIC_DIR="$HOME/Music" into user-dirs.dirs.
fs::path musicFolder() {
    if (const std::string music = variable("XDG_MUSIC_DIR"); music.starts_with('/')) return music;
    const std::string home = variable("HOME");
    std::ifstream file(configuration() / "user-dirs.dirs");
    constexpr std::string_view begin = "XDG_MUSIC_DIR=\"";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(begin) || !line.ends_with('"') || line.size() <= begin.size()) continue;
        std::string value = line.substr(begin.size(), line.size() - begin.size() - 1);
        if (value.starts_with("$HOME/")) value = home + value.substr(5);
        // Where there is no such folder, user-dirs.dirs names the home folder itself.
        if (value.starts_with('/') && fs::path(value) != fs::path(home)) return value;
    }
    return fs::path(home.empty() ? "/tmp" : home) / "Music";
}

} // namespace

fs::path Library::defaultFolder() {
    if (const std::string folder = variable("N2M_LIBRARY"); !folder.empty()) return folder;
    if (const fs::path folder = chosenFolder(); !folder.empty()) return folder;
    return musicFolder() / "Noise2Music";
}

void Library::setDefaultFolder(const fs::path& folder) {
    const fs::path chosen = folder.empty() ? folder : fs::absolute(folder).lexically_normal();
    if (chosen == chosenFolder()) return;
    std::error_code error;
    if (chosen.empty()) {
        fs::remove(chosenFile(), error);
        if (error)
            throw base::Failure("{}: cannot be deleted: {}", base::printable(chosenFile().string()),
                                base::Message::verbatim(error.message()));
    } else {
        fs::create_directories(chosenFile().parent_path(), error); // the writing below reports an error
        base::writeTextFile(chosenFile(), chosen.string() + '\n');
    }
}

} // namespace n2m::storage
