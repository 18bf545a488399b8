#pragma once

#include "engine/plan/Plan.h"

#include <nlohmann/json_fwd.hpp>

namespace n2m::plan {

/// The format of plans in a data set's clips.jsonl and in a generated clip:
///   {"seconds": 29.44, "bpm": 120.0, "beatsPerBar": 4, "key": "A minor",
///    "beats": [[0.0, 1], [0.5, 0], …],                        time in seconds, 1 = downbeat
///    "chords": [{"start": 0.0, "end": 2.0, "symbol": "Am"}, …],  "N.C." where none sounds
///    "sections": [{"start": 0.0, "end": 8.0, "name": "intro", "energy": 0.3}, …],
///    "parts": [{"role": "lead", "program": 73,                the score; left out where there is none
///               "notes": [[0.0, 0.48, 72, 96], …]}, …]}       start, end, MIDI pitch and velocity
nlohmann::json toJson(const Plan& plan);

/// Reads it back, exactly. Beats may also be {"time", "downbeat"}; a missing list is empty, missing "seconds" is where
/// the last entry ends, unknown fields are ignored (a user's own data may have more). Throws base::InvalidInput,
/// one line that names the field: times that are not finite, ascending and inside the plan, spans that overlap, chords
/// and keys that Harmony.h does not know, lists that are absurdly long.
Plan planFromJson(const nlohmann::json& json);

} // namespace n2m::plan
