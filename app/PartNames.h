#pragma once

#include "engine/composer/Vocabulary.h"
#include "engine/plan/Plan.h"

#include <string>

namespace n2m::app {

/// The composer's name of the instrument that plays a part; "program 113" where it has none. `lead`: that of the lead,
/// where it is known.
std::string instrumentOf(const plan::Part& part, const composer::Vocabulary& vocabulary, const std::string& lead = {});

/// "lead", "accompaniment", "bass" or "drums".
const char* nameOf(plan::Part::Role role);

} // namespace n2m::app
