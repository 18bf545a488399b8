#pragma once

#include "engine/plan/Plan.h"

#include <vector>

namespace n2m::composer {

/// The pitch classes of a chord, the root first, then upwards.
std::vector<int> chordTones(const plan::Chord& chord);

bool isChordTone(const plan::Chord& chord, int pitch);

/// The chord in close position with at most `voices` notes between `low` and `high` (MIDI), as near as possible to the
/// voicing before it (empty = the middle of the range), as pianists do. Ascending; empty for no chord.
std::vector<int> voiced(const plan::Chord& chord, int low, int high, int voices, const std::vector<int>& before);

/// The lowest pitch of a pitch class that is not below `low`.
int pitchFrom(int pitchClass, int low);

/// The fifth of a chord above its root in semitones: 7, or 6 or 8 where it is altered.
int fifthOf(const plan::Chord& chord);
/// The third: 3 or 4; 7 for a power chord, 2 or 5 for suspended ones.
int thirdOf(const plan::Chord& chord);

} // namespace n2m::composer
