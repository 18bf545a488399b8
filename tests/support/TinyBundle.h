#pragma once

#include "engine/model/StageConfig.h"
#include "engine/plan/NoteSpectra.h"

#include <filesystem>

namespace n2m::test {

/// The parts of a cascade that a tiny bundle has.
struct TinyBundle {
    bool spectrogramRoute = true; ///< generator and vocoder
    bool waveformRoute = true;    ///< generator and cascader
    bool superResolution = true;
    bool planner = true;
    bool embedding = false;       ///< the joint embedding of words and music
    bool spectrumVocoder = false; ///< a vocoder that makes spectra, as the bundled one does, instead of waveforms
};

/// The configuration of a cascade whose networks have a few thousand parameters and take two steps a stage.
model::CascadeConfig tinyCascade(const TinyBundle& parts = {});

/// The note spectra of its generator: one instrument and one kit, each pitch of which has a band of its own.
plan::NoteSpectra tinyNoteSpectra();

/// Writes a joint embedding with random weights (the same at every call) into `folder`: it tells texts and sounds
/// apart, but knows nothing about them.
void makeTinyEmbedding(const std::filesystem::path& folder);

/// Writes a whole bundle with random weights (the same at every call) into `folder`, which is made if it is missing.
/// Its sound is noise, but depends on prompt, plan and seed like that of a real bundle.
void makeTinyBundle(const std::filesystem::path& folder, const TinyBundle& parts = {});

} // namespace n2m::test
