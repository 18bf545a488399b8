#pragma once

#include "engine/plan/Plan.h"

#include <filesystem>
#include <string>

namespace n2m::midi {

/// The score of a plan as a Standard MIDI File of format 1. Its first track has the tempo map that puts the file's
/// beats where the plan's are, metres, the key, and as markers the chords ("Am7") and sections ("[verse] 0.6", with
/// the energy); each part is a track with its role as the name, bank and program; drums are on channel 10.
///
/// 4,800 ticks to a quarter: a tick lasts less than half a millisecond from 27 bpm up, so that readMidi() gives back
/// every note within a millisecond. Other readers may exchange the ends of equal notes that sound at once. Beyond
/// fifteen parts besides the drums, tracks name a second MIDI port. Equal plans give equal bytes. Throws
/// base::InvalidInput for a plan without a score. Any thread.
std::string writeMidi(const plan::Plan& plan);

/// Writes it to a file, which appears whole or not at all. Throws base::Failure, too.
void writeMidiFile(const std::filesystem::path& file, const plan::Plan& plan);

} // namespace n2m::midi
