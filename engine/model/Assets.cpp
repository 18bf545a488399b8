#include "engine/model/Assets.h"

#include <cstdlib>

namespace n2m::model {

std::filesystem::path assetsFolder() {
    if (const char* folder = std::getenv("N2M_ASSETS"); folder && *folder) return folder;
    return N2M_ASSETS_FOLDER;
}

} // namespace n2m::model
