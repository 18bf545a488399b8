#pragma once

#include "engine/model/StageConfig.h"
#include "engine/plan/NoteSpectra.h"

#include <filesystem>

namespace n2m::test {

/// What of a cascade a tiny bundle has.
struct TinyBundle {
    bool spectrogramRoute = true; ///< generator and vocoder
    bool waveformRoute = true;    ///< generator and cascader
    bool superResolution = true;
    bool planner = true;
    bool spectrumVocoder = false; ///< a vocoder that makes spectra, as the bundled one does, instead of waveforms
};

/// The configuration of a cascade whose networks have a few thousand parameters and take two steps a stage.
model::CascadeConfig tinyCascade(const TinyBundle& parts = {});

/// What its generator draws scores with: one instrument and one kit, whose every pitch has a band of its own.
plan::NoteSpectra tinyNoteSpectra();

/// Writes a whole bundle with random weights (the same at every call) into `folder`, which is made if need be. What
/// comes out of it is noise, but it depends on prompt, plan and seed as that of a real one does.
void makeTinyBundle(const std::filesystem::path& folder, const TinyBundle& parts = {});

} // namespace n2m::test
