#include "engine/training/LearningRate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace n2m::training {

double learningRate(const model::TrainingConfig& config, std::int64_t step) {
    const double warmUp = config.warmUp > 0 ? std::min(1.0, static_cast<double>(step + 1) / config.warmUp) : 1.0;
    const double done = static_cast<double>(step) / static_cast<double>(config.steps);
    const double decayed = config.decayFrom < 1.0 ? (done - config.decayFrom) / (1.0 - config.decayFrom) : 0.0;
    const double cosine = 0.5 * (1.0 + std::cos(std::numbers::pi * std::clamp(decayed, 0.0, 1.0)));
    return config.learningRate * warmUp * cosine;
}

} // namespace n2m::training
