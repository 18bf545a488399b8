#pragma once

#include "engine/plan/Plan.h"

#include <string>
#include <vector>

namespace n2m::midi {

/// The names of the tracks of our own files, by role.
const char* trackNameOf(plan::Part::Role role);

/// Gives each part that is not drums its role, by the names of its track and by its notes. Bass: by name or program,
/// else the lowest line below the middle of the bass staff. Lead: by name ("melody", "lead", "voice", …), else a part
/// alone, else the highest line that sounds for a quarter of the time, else the highest part. The rest accompanies.
/// `names` has an entry for each part.
void assignRoles(std::vector<plan::Part>& parts, const std::vector<std::string>& names);

/// How many notes of a part sound at once, on the average while any does; 0 without notes.
double polyphony(const plan::Part& part);

} // namespace n2m::midi
