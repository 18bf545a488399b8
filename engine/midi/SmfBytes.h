#pragma once

#include "engine/base/Error.h"
#include "engine/midi/TickClock.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace n2m::midi {

/// The contents of a Standard MIDI File that a score needs, in ticks. Internal to engine/midi; a plain value.
struct Smf {
    struct Note {
        std::uint64_t start = 0, end = 0;
        int pitch = 0, velocity = 0;
        int program = -1; ///< bank × 1000 + program; −1 = the track says nothing
        std::uint16_t track = 0;
        std::uint8_t channel = 0; ///< 9 = percussion
        bool drums = false;
    };
    struct Metre {
        std::uint64_t tick = 0;
        int numerator = 4, denominator = 4;
    };
    struct KeySignature {
        std::uint64_t tick = 0;
        int sharps = 0; ///< negative: flats
        bool minor = false;
    };
    struct Marker {
        std::uint64_t tick = 0;
        std::string text; ///< UTF-8
    };

    TickClock clock{480, {}};
    std::vector<Note> notes; ///< in the order of the tracks, each by the ticks of its note-offs
    std::vector<Metre> metres;
    std::vector<KeySignature> keys;
    std::vector<Marker> markers;
    std::vector<std::string> trackNames; ///< one for each track
    bool ours = false;                   ///< it says that this program wrote it
    std::uint64_t end = 0;               ///< the last tick of any track
    std::vector<base::Message> remarks;  ///< what is missing or damaged, a line each
};

/// The text that marks our files, whose markers are chords and sections.
constexpr std::string_view ourSign = "Noise2Music score 1";

/// The velocity of a note's end in our files. Where equal notes overlap, more says how many of the older ones go on.
constexpr int plainRelease = 64;

/// Limits of what is read: far beyond music, and such that any file takes less than a second and 200 MB.
constexpr std::size_t mostMidiBytes = 64u << 20, mostMidiNotes = 50000;

/// Reads the bytes of a file: format 0 and 1, also in a RIFF (RMID); running status; metrical and SMPTE division. A
/// file that is cut off or damaged gives the notes before the damage, and a remark. Notes without an end end with
/// their track, a bar later at most; of equal notes that overlap, the first to begin is the first to end. Throws
/// base::InvalidInput, one line, for other files and for more than `mostMidiNotes` notes.
///
/// Debian 12 has two libraries for this. Of 600 damaged copies of two real files, libsmf 1.3 read beyond its buffer in
/// 337 and aborted in 8; portsmf (2010) is as safe as this but refuses every file that is cut off, with all its notes.
Smf smfFrom(std::string_view bytes);

} // namespace n2m::midi
