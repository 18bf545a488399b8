#pragma once

#include <filesystem>

namespace n2m::base {

/// Where configurations, the corpus vocabulary and the bundle lie: $N2M_ASSETS; else, for an installed program,
/// share/noise2music-studio beside its bin/; else assets/ of the source tree that this was built from.
std::filesystem::path assetsFolder();

} // namespace n2m::base
