#include "engine/cascade/PlanTensors.h"

#include "engine/plan/PlanChannels.h"
#include "engine/plan/ScoreSpectrogram.h"

#include <torch/torch.h>

namespace n2m::cascade {

namespace {

torch::Tensor rows(std::vector<float> values, int channels, std::int64_t frames) {
    return torch::from_blob(values.data(), {channels, frames}).clone();
}

} // namespace

int stackedPlanChannels(bool withNoteSpectra) {
    return plan::planChannelCount + (withNoteSpectra ? plan::scoreSpectrogramChannelCount : 0);
}

torch::Tensor stackedPlan(const Stretch& stretch, const plan::NoteSpectra* spectra, float dataDeviation) {
    const auto frames = static_cast<int>(stretch.frames);
    torch::Tensor plan = rows(stretch.plan ? plan::planChannels(*stretch.plan, frames, stretch.rate, stretch.start)
                                           : plan::noPlanChannels(frames),
                              plan::planChannelCount, frames);
    if (!spectra) return plan;
    const bool written = stretch.score && !stretch.score->parts.empty();
    return torch::cat({plan, written ? rows(plan::scoreSpectrogram(*stretch.score, *spectra, frames, stretch.start),
                                            plan::scoreSpectrogramChannelCount, frames)
                                           .div_(dataDeviation)
                                     : torch::zeros({plan::scoreSpectrogramChannelCount, frames})});
}

} // namespace n2m::cascade
