#include "engine/cascade/PlanTensors.h"

#include "engine/plan/PlanChannels.h"
#include "engine/plan/ScoreSpectrogram.h"

#include <torch/types.h>

namespace n2m::cascade {

namespace {

torch::Tensor rows(std::vector<float> values, int channels, std::int64_t frames) {
    return torch::from_blob(values.data(), {channels, frames}).clone();
}

} // namespace

int stackedPlanChannels(bool withNoteSpectra) {
    return plan::planChannelCount + (withNoteSpectra ? plan::scoreSpectrogramChannelCount : 0);
}

torch::Tensor stackedPlan(const PlanExcerpt& excerpt, const plan::NoteSpectra* spectra, float dataDeviation) {
    const auto frames = static_cast<int>(excerpt.frames);
    torch::Tensor plan = rows(excerpt.plan ? plan::planChannels(*excerpt.plan, frames, excerpt.rate, excerpt.start)
                                           : plan::noPlanChannels(frames),
                              plan::planChannelCount, frames);
    if (!spectra) return plan;
    const bool written = excerpt.score && !excerpt.score->parts.empty();
    return torch::cat({plan, written ? rows(plan::scoreSpectrogram(*excerpt.score, *spectra, frames, excerpt.start),
                                            plan::scoreSpectrogramChannelCount, frames)
                                           .div_(dataDeviation)
                                     : torch::zeros({plan::scoreSpectrogramChannelCount, frames})});
}

} // namespace n2m::cascade
