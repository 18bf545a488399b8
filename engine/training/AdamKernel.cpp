#include "engine/training/AdamKernel.h"

#include "engine/network/VectorMath.h"

#include <cmath>

namespace n2m::training {

N2M_CLONES void adamStep(float* __restrict value, float* __restrict first, float* __restrict second,
                         float* __restrict average, const float* __restrict gradient, std::int64_t count,
                         const AdamStep& step) {
    const AdamStep s = step; // a copy, so that no store can be thought to change it
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] * s.scale;
        const float m = first[i] + (1.0f - s.beta1) * (g - first[i]);
        const float v = s.beta2 * second[i] + (1.0f - s.beta2) * g * g;
        const float x = s.keep * value[i] - s.stepSize * m / (std::sqrt(v) * s.rootCorrection + s.epsilon);
        first[i] = m;
        second[i] = v;
        value[i] = x;
        average[i] += s.averageWeight * (x - average[i]);
    }
}

} // namespace n2m::training
