#include "app/BundlePath.h"

#include "engine/base/Assets.h"

#include <fmt/format.h>

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace n2m::app {
namespace fs = std::filesystem;

fs::path findBundle(const std::string& named) {
    fs::path folder = base::assetsFolder() / "bundled";
    const char* whose = "the bundled cascade";
    if (!named.empty()) {
        folder = named;
        whose = "--bundle";
    } else if (const char* variable = std::getenv("N2M_BUNDLE"); variable != nullptr && *variable != '\0') {
        folder = variable;
        whose = "N2M_BUNDLE";
    }
    std::error_code ignored;
    if (!fs::exists(folder / "cascade.json", ignored))
        throw std::invalid_argument(fmt::format(
            "no cascade.json in '{}' ({}); name the folder of a bundle with --bundle", folder.string(), whose));
    return folder;
}

} // namespace n2m::app
