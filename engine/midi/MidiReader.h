#pragma once

#include "engine/base/Error.h"
#include "engine/plan/Plan.h"

#include <filesystem>
#include <string_view>
#include <vector>

namespace n2m::midi {

/// A score that was read, and a line for each thing that the file has and the score has not, or the other way round.
struct ReadScore {
    plan::Plan plan;
    std::vector<base::Message> remarks;
};

/// Reads a Standard MIDI File, of this program or any other, as a plan with its score. Any thread; a pure function.
///
/// Beats and bars follow the tempo map and the metres; the key is that of the key signature, or, where there is none
/// or only the C major that programs write by themselves, of the notes; chords are estimated from the notes; sections
/// follow the markers. Files of this program have all of this written in them. A part is the notes of one track,
/// channel and program; percussion is channel 10. Roles: PartRoles.h. The pedal is not read: notes last as written.
///
/// A damaged file gives what can be read, with a remark (SmfBytes.h). Throws base::InvalidInput, one line, for what is
/// no MIDI file, has no notes, or is of format 2. Longer than an hour is cut, with a remark.
ReadScore readMidi(std::string_view bytes);
/// Reads a file; its errors and remarks begin with its name. Throws base::Failure if it cannot be read.
ReadScore readMidiFile(const std::filesystem::path& file);

/// Whether bytes begin like a MIDI file, in a RIFF or not.
bool looksLikeMidi(std::string_view bytes);

} // namespace n2m::midi
