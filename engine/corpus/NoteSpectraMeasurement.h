#pragma once

#include "engine/composer/Vocabulary.h"
#include "engine/corpus/Renderer.h"
#include "engine/plan/NoteSpectra.h"

#include <functional>

namespace n2m::corpus {

/// A program, or a drum kit beyond firstDrumKit, played note by note from one MIDI pitch to another, dry and at
/// the measured velocity, and its log-mel spectra; the soundfont's own levels are evened out (Vocabulary::levelOf).
plan::NoteSpectra::Instrument measureInstrument(const composer::Vocabulary& vocabulary, Renderer& renderer, int program,
                                                int lowest, int highest);

/// Every instrument of the vocabulary over its range, and its drum kits. Deterministic. About a minute. `progress` is
/// told how many of how many instruments are done; what it throws ends it.
plan::NoteSpectra measureNoteSpectra(const composer::Vocabulary& vocabulary, Renderer& renderer,
                                     const std::function<void(int done, int count)>& progress = {});

} // namespace n2m::corpus
