#pragma once

#include "engine/model/StageConfig.h"

namespace n2m::training {

/// The learning rate at a step (from 0): a linear warm-up, the peak until `decayFrom` of the steps, then half a cosine
/// down to zero (Noise2Music, §4: peak 1e-4, 10k steps of warm-up, decay over 2.5M).
double learningRate(const model::TrainingConfig& config, std::int64_t step);

} // namespace n2m::training
