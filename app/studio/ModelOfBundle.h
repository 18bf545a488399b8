#pragma once

#include "ui/ModelFacts.h"

#include <filesystem>

namespace n2m::studio {

/// The facts of a bundle that the window needs, from its cascade.json. Throws base::Failure, one line.
ui::ModelFacts modelOfBundle(const std::filesystem::path& bundle);

/// Counts with the bundle's tokenizer against the generator's limit; empty where it has none. Throws base::Failure, one
/// line.
ui::TokenCounter tokenCounterOfBundle(const std::filesystem::path& bundle);

} // namespace n2m::studio
