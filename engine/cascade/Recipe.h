#pragma once

#include "engine/cascade/Cascade.h"
#include "engine/cascade/Route.h"
#include "engine/request/Request.h"

#include <optional>
#include <string>

namespace n2m::cascade {

/// Everything that a clip depends on, as JSON text: the request with every default filled in, the plan, the
/// bundle's name and hash, this program's version, the device and the type of the computation. The same run gives the
/// same text. The steps of the route write their own entries.
std::string recipeOf(const Request& request, const Route& route, const std::optional<plan::Plan>& plan,
                     Cascade& cascade, int threads);

} // namespace n2m::cascade
