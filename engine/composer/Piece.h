#pragma once

#include "engine/composer/Sketch.h"
#include "engine/plan/Plan.h"

#include <string>
#include <vector>

namespace n2m::composer {

using plan::Note;

/// A MIDI control change, or a pitch bend (`controller` = Control::bend, value −8192 … 8191 over ±2 semitones).
struct Control {
    static constexpr int bend = -1, modulation = 1, expression = 11, sustain = 64;
    double time = 0.0;
    int controller = 0, value = 0;
    bool operator==(const Control&) const = default;
};

/// One instrument's notes and controls. A plain value.
struct Track {
    using Role = plan::Part::Role;
    Role role = Role::Accompaniment;
    std::string instrument; ///< as Vocabulary names it
    int program = 0;        ///< bank × 1000 + program; the drum kit's number for drums
    int channel = 0;        ///< MIDI; 9 = drums
    double gain = 0.0;      ///< dB against the lead, the soundfont's own levels evened out
    std::vector<Note> notes;
    std::vector<Control> controls;
    bool operator==(const Track&) const = default;
};

/// A composed clip: the tracks, and the plan that they follow, which has them as its score. A plain value.
struct Piece {
    std::uint64_t seed = 0;
    Attributes attributes;
    plan::Plan plan;
    double seconds = 30.0;
    std::vector<Track> tracks;
    Finish finish;
};

} // namespace n2m::composer
