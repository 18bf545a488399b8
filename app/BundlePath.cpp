#include "app/BundlePath.h"

#include "engine/base/Assets.h"
#include "engine/base/Error.h"

#include <cstdlib>
#include <system_error>

namespace n2m::app {
namespace fs = std::filesystem;

fs::path findBundle(const std::string& named) {
    fs::path folder = base::assetsFolder() / "bundled";
    base::Message source("the bundled cascade");
    if (!named.empty()) {
        folder = named;
        source = base::Message::verbatim("--bundle");
    } else if (const char* variable = std::getenv("N2M_BUNDLE"); variable != nullptr && *variable != '\0') {
        folder = variable;
        source = base::Message::verbatim("N2M_BUNDLE");
    }
    std::error_code ignored;
    if (!fs::exists(folder / "cascade.json", ignored))
        throw base::InvalidInput("no cascade.json in '{}' ({}); name the folder of a bundle with --bundle",
                                 folder.string(), source);
    return folder;
}

} // namespace n2m::app
