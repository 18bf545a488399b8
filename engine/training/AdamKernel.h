#pragma once

#include <cstdint>

namespace n2m::training {

/// The coefficients of one step of AdamW and of the moving average after it.
struct AdamStep {
    float scale = 1.0f; ///< of the gradient: the clipping of its norm
    float beta1 = 0.9f, beta2 = 0.999f;
    float stepSize = 1e-3f;      ///< learning rate / (1 − β1^n)
    float rootCorrection = 1.0f; ///< 1 / √(1 − β2^n)
    float epsilon = 1e-8f;
    float keep = 1.0f;            ///< 1 − learning rate · weight decay
    float averageWeight = 0.001f; ///< 1 − decay of the moving average
};

/// Applies a step to `count` values in place. Plain loops, no torch, no allocation.
void adamStep(float* value, float* first, float* second, float* average, const float* gradient, std::int64_t count,
              const AdamStep& step);

} // namespace n2m::training
