#pragma once

#include "engine/plan/NoteSpectra.h"
#include "engine/plan/Plan.h"

#include <torch/types.h>

namespace n2m::cascade {

/// How many channels a generator stacks with x_t: the plan's, and with note spectra the score spectrogram's too.
int stackedPlanChannels(bool withNoteSpectra);

/// The stretch of a plan that a spectrogram generator is told.
struct Stretch {
    const plan::Plan* plan = nullptr;  ///< borrowed; null = hidden
    const plan::Plan* score = nullptr; ///< whose parts are told; null = hidden
    std::int64_t frames = 0;
    double rate = 100.0, start = 0.0; ///< frames/s; seconds
};

/// fp32 [stackedPlanChannels, frames]: planChannels(), and with `spectra` (borrowed for the call) the score
/// spectrogram, in the units of x_t: divided by `dataDeviation`; zeros where the score is hidden or not written.
torch::Tensor stackedPlan(const Stretch& stretch, const plan::NoteSpectra* spectra, float dataDeviation);

} // namespace n2m::cascade
