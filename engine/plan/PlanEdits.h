#pragma once

#include "engine/plan/Plan.h"

namespace n2m::plan {

/// The plan extended to `seconds`: its last bar becomes a whole one, then it begins again at the end of its intro. Its
/// score stays but is not repeated. A plan that is long enough, or has fewer than two downbeats, only gets `seconds` as
/// its length.
Plan continued(Plan plan, double seconds);

/// The plan for a clip of another length: cut, or continued() with its score repeated, too. Where the last bar was cut
/// off and becomes whole, sounding notes last to its end, and the drums play on as in the bar before.
Plan withLength(Plan plan, double seconds);

/// `plan` with the score of `other` from `from` to `to` seconds: the notes that begin there are those of `other`, and
/// end there; earlier notes keep their length. Parts of the same role and program become one.
Plan withScoreOf(Plan plan, const Plan& other, double from, double to);

} // namespace n2m::plan
