#pragma once

#include "ui/ModelFacts.h"
#include "ui/settings/CheckDialog.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace n2m::studio {

/// Looks at what the studio needs: the model, the library's folder and its room, memory, sound devices. No number of
/// devices: they are still being looked for.
std::vector<ui::Check> checkInstallation(const ui::ModelFacts& model, const std::filesystem::path& library,
                                         bool readOnly, std::optional<int> soundDevices);

/// What is to be said unasked, a line each, what keeps clips from being made first; empty: all is well.
QString complaintOf(const std::vector<ui::Check>& checks);

} // namespace n2m::studio
