#pragma once

#include "engine/cascade/Stage.h"

#include <nlohmann/json_fwd.hpp>

namespace n2m::cascade {

/// A stage's entry in the recipe's "stages": its name and everything that its sampling depends on.
nlohmann::ordered_json stageRecipe(const Stage& stage, const model::SamplingConfig& sampling);

} // namespace n2m::cascade
