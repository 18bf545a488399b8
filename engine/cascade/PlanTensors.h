#pragma once

#include "engine/plan/NoteSpectra.h"
#include "engine/plan/Plan.h"

#include <torch/types.h>

namespace n2m::cascade {

/// The number of channels that a generator stacks with x_t: the plan's, and with note spectra the score spectrogram's.
int stackedPlanChannels(bool withNoteSpectra);

/// The part of a plan that a spectrogram generator sees.
struct PlanExcerpt {
    const plan::Plan* plan = nullptr;  ///< borrowed; null = hidden
    const plan::Plan* score = nullptr; ///< the plan whose parts are shown; null = hidden
    std::int64_t frames = 0;
    double rate = 100.0, start = 0.0; ///< frames/s; seconds
};

/// fp32 [stackedPlanChannels, frames]: planChannels(), and with `spectra` (borrowed for the call) the score
/// spectrogram, in the units of x_t: divided by `dataDeviation`; zeros where the score is hidden or not written.
torch::Tensor stackedPlan(const PlanExcerpt& excerpt, const plan::NoteSpectra* spectra, float dataDeviation);

} // namespace n2m::cascade
