#pragma once

#include "engine/model/StageConfig.h"
#include "engine/network/UNet.h"
#include "engine/training/Batches.h"

#include <array>
#include <vector>

namespace n2m::training {

/// Measures the mean squared error of the network's estimate of x_0, in the data's own units, on the same held-out
/// snippets and noise each time, at seven signal-to-noise ratios. These are those of the cosine schedule at the times
/// below, whatever the stage's own schedule, so that stages with different schedules can be compared.
class Validation {
public:
    static constexpr std::array<double, 7> cosineTimes{0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9};

    Validation(const model::StageConfig& stage, const Batches& source, int snippets);

    /// Returns one error per time. Expects the network in evaluation mode with the averaged weights in place.
    std::array<double, 7> run(network::UNet& network, torch::Device device) const;

private:
    const model::StageConfig& m_stage;
    std::vector<Batch> m_batches;
};

} // namespace n2m::training
