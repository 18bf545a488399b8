#pragma once

#include "engine/plan/Plan.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace n2m::plan {

/// A kind of chord, such as a minor seventh. Internal to engine/plan.
struct ChordQuality {
    const char* name; ///< the usual spelling, after the root
    std::initializer_list<int> semitones;
    std::initializer_list<const char*> spellings; ///< further ones

    std::uint16_t tonesOn(PitchClass root) const; ///< bits as in Chord::tones
};

/// By any of its spellings; nullptr if there is none.
const ChordQuality* findQuality(std::string_view spelling);

/// The usual spellings, for messages: "m 7 maj7 …".
extern const char* const acceptedQualities;

} // namespace n2m::plan
