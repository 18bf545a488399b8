#pragma once

#include "engine/midi/SmfBytes.h"
#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::midi {

/// The beats of a MIDI file. Internal to engine/midi.
struct TickBeats {
    std::vector<plan::Beat> beats;
    double bpm = 120.0;  ///< of most beats
    int beatsPerBar = 4; ///< of most of the time
};

/// The beats up to `seconds`, by metres and tempi. A beat is the metre's own unit, an eighth in 6/8, but lasts between
/// 0.15 and 3 seconds: units are joined or divided where the tempo asks for it. A change of metre begins a bar.
TickBeats beatsOf(const Smf& smf, double seconds);

} // namespace n2m::midi
