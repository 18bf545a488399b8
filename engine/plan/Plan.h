#pragma once

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace n2m::plan {

/// 0 = C, 1 = C sharp … 11 = B.
using PitchClass = int;

struct Key {
    PitchClass tonic = 0;
    bool minor = false;
    bool operator==(const Key&) const = default;
};

/// A chord as a set of pitch classes over a root; bit p of `tones` says that pitch class p belongs to it.
struct Chord {
    std::string symbol; ///< as people write it: "Am7"; empty = no chord
    PitchClass root = 0;
    std::uint16_t tones = 0;
    bool operator==(const Chord&) const = default;
};

struct Beat {
    double time = 0.0; ///< seconds
    bool downbeat = false;
    bool operator==(const Beat&) const = default;
};

struct ChordSpan {
    double start = 0.0, end = 0.0; ///< seconds
    Chord chord;
    bool operator==(const ChordSpan&) const = default;
};

struct Section {
    double start = 0.0, end = 0.0; ///< seconds
    std::string name;              ///< "intro", "verse", "chorus", "bridge", "break", "outro", …
    float energy = 0.5f;           ///< 0 … 1
    bool operator==(const Section&) const = default;
};

struct Note {
    double start = 0.0, end = 0.0; ///< seconds
    int pitch = 60, velocity = 80; ///< MIDI
    bool operator==(const Note&) const = default;
};

/// One instrument's notes. Drums are General MIDI percussion: the pitch chooses the drum.
struct Part {
    enum class Role { Lead, Accompaniment, Bass, Drums };
    Role role = Role::Accompaniment;
    int program = 0; ///< General MIDI, bank × 1000 + program; the kit's number for drums
    std::vector<Note> notes;
    bool operator==(const Part&) const = default;
};

/// Tables by program hold drum kits, too: the kit of number k under firstDrumKit + k.
constexpr int firstDrumKit = 128000;

/// The musical skeleton of a clip: beats, chords and sections, and, if it is written out, the score over them. A plain
/// value; times are seconds from the clip's start, spans are sorted and do not overlap.
struct Plan {
    double seconds = 0.0;
    double bpm = 120.0;
    int beatsPerBar = 4;
    Key key;
    std::vector<Beat> beats;
    std::vector<ChordSpan> chords;
    std::vector<Section> sections;
    std::vector<Part> parts; ///< the score; none = not written out
    bool operator==(const Plan&) const = default;
};

} // namespace n2m::plan
