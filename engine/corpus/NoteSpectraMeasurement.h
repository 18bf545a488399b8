#pragma once

#include "engine/composer/Vocabulary.h"
#include "engine/corpus/Renderer.h"
#include "engine/plan/NoteSpectra.h"

#include <functional>

namespace n2m::corpus {

/// Plays a program, or a drum kit (from plan::firstDrumKit on), note by note from one MIDI pitch to another, dry and at
/// NoteSpectra::measuredVelocity, and takes its log-mel spectra. The soundfont's own levels are evened out
/// (Vocabulary::levelOf).
plan::NoteSpectra::Instrument measureInstrument(const composer::Vocabulary& vocabulary, Renderer& renderer, int program,
                                                int lowest, int highest);

/// Measures every instrument of the vocabulary over its range, and its drum kits. Deterministic. Takes about a minute.
/// `progress` gets the number of measured instruments and of all; its exception ends the measurement.
plan::NoteSpectra measureNoteSpectra(const composer::Vocabulary& vocabulary, Renderer& renderer,
                                     const std::function<void(int done, int count)>& progress = {});

} // namespace n2m::corpus
