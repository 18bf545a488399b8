#pragma once

#include "engine/plan/Plan.h"

namespace n2m::plan {

/// A plan that goes on for `seconds`: after its last bar, which becomes a whole one, it begins again, from where its
/// intro ends. Its score is not repeated; what it had stays. A plan that is long enough, or has fewer than two bars or
/// no steady downbeats to count by, is given back with `seconds` as its length and otherwise as it is.
Plan continued(Plan plan, double seconds);

/// A plan for a clip of another length: what fits of it, or continued(), with its score going on, too. What rings at
/// the end of a bar that was cut off rings to the end of the whole one, and its drums play on as in the bar before.
Plan fitted(Plan plan, double seconds);

/// `plan` with the score of `other` from `from` to `to` seconds: notes that begin there are those of `other`, and end
/// there; what was struck before rings on. Parts of the same role and program become one.
Plan withScoreOf(Plan plan, const Plan& other, double from, double to);

} // namespace n2m::plan
