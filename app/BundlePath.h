#pragma once

#include <filesystem>
#include <string>

namespace n2m::app {

/// The help of `--bundle`, for every verb that has it.
inline constexpr const char* bundleHelp =
    "Folder of the cascade; else $N2M_BUNDLE, else the one that comes with the program";

/// The folder of the cascade to use: the one that the user named (`--bundle`), else the environment's N2M_BUNDLE, else
/// the one that comes with the program. Throws std::invalid_argument if there is no cascade.json in it.
std::filesystem::path findBundle(const std::string& named);

} // namespace n2m::app
