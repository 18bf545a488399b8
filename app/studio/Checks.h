#pragma once

#include "ui/ModelFacts.h"
#include "ui/settings/CheckDialog.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace n2m::studio {

/// Checks the model, the library's folder and its room, memory and sound devices. `soundDevices` is their number;
/// nullopt while the search for them goes on.
std::vector<ui::Check> checkInstallation(const ui::ModelFacts& model, const std::filesystem::path& library,
                                         bool readOnly, std::optional<int> soundDevices);

/// Problems to show at start, one per line, blocking ones first.
QString problemsOf(const std::vector<ui::Check>& checks);

} // namespace n2m::studio
