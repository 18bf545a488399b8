#pragma once

#include <filesystem>

namespace n2m::base {

/// The folder of configurations, the corpus vocabulary and the bundle: $N2M_ASSETS; else, for an installed program,
/// share/noise2music-studio next to its bin/; else assets/ of the source tree that this was built from. Any thread.
std::filesystem::path assetsFolder();

} // namespace n2m::base
