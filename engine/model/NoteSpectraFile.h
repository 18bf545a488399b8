#pragma once

#include "engine/plan/NoteSpectra.h"

#include <filesystem>

namespace n2m::model {

/// The note spectra of a safetensors file: `programs` int64 [instruments, 3] (program, lowest pitch, pitches),
/// `releases` float32 [instruments] in dB/s, `levels` uint8 [pitches of all, ages, bands]. Any thread.
/// Throws base::Failure, one line that names the file, for a file that is missing, damaged or something else.
plan::NoteSpectra readNoteSpectra(const std::filesystem::path& file);

/// Writes such a file, whole or not at all. Throws base::Failure for a file that cannot be written.
void writeNoteSpectra(const std::filesystem::path& file, const plan::NoteSpectra& spectra);

} // namespace n2m::model
