#include "engine/base/Assets.h"

#include <cstdlib>

namespace n2m::base {

std::filesystem::path assetsFolder() {
    if (const char* folder = std::getenv("N2M_ASSETS"); folder && *folder) return folder;
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto installed = program.parent_path().parent_path() / "share/noise2music-studio";
    if (!error && std::filesystem::is_directory(installed / "bundled", error)) return installed;
    return N2M_ASSETS_FOLDER;
}

} // namespace n2m::base
