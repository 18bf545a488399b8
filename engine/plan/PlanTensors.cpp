#include "engine/plan/PlanTensors.h"

#include "engine/plan/PlanChannels.h"
#include "engine/plan/ScoreSpectrogram.h"

#include <torch/torch.h>

namespace n2m::plan {

namespace {

torch::Tensor rows(std::vector<float> values, int channels, std::int64_t frames) {
    return torch::from_blob(values.data(), {channels, frames}).clone();
}

} // namespace

int stackedPlanChannels(bool withNoteSpectra) {
    return planChannelCount + (withNoteSpectra ? scoreSpectrogramChannelCount : 0);
}

torch::Tensor stackedPlan(const Stretch& stretch, const NoteSpectra* spectra, float dataDeviation) {
    const auto frames = static_cast<int>(stretch.frames);
    torch::Tensor plan =
        rows(stretch.plan ? planChannels(*stretch.plan, frames, stretch.rate, stretch.start) : noPlanChannels(frames),
             planChannelCount, frames);
    if (!spectra) return plan;
    const bool written = stretch.score && !stretch.score->parts.empty();
    return torch::cat({plan, written ? rows(scoreSpectrogram(*stretch.score, *spectra, frames, stretch.start),
                                            scoreSpectrogramChannelCount, frames)
                                           .div_(dataDeviation)
                                     : torch::zeros({scoreSpectrogramChannelCount, frames})});
}

} // namespace n2m::plan
