#pragma once

#include "ui/ModelFacts.h"

#include <filesystem>

namespace n2m::studio {

/// What the window must know of a bundle, from its cascade.json. Throws std::runtime_error, one line.
ui::ModelFacts modelOfBundle(const std::filesystem::path& bundle);

/// Counts with the bundle's tokenizer against the first stage's limit. Throws std::runtime_error, one line.
ui::TokenCounter tokenCounterOfBundle(const std::filesystem::path& bundle);

} // namespace n2m::studio
