#pragma once

#include "engine/sampling/NoiseSchedule.h"

namespace n2m::diffusion {

/// The prediction of a network about x_t: the noise ε, v = α ε − σ x_0, or the data x_0.
enum class Prediction { Epsilon, V, X0 };

/// The weight w_t of the squared error: 1, σ_t², or the signal-to-noise ratio α_t²/σ_t² kept between 1 (truncated,
/// Salimans & Ho, 2022) and 5 (Min-SNR-5, Hang et al., 2023), which suits the prediction of x_0.
enum class LossWeight { Simplified, Sigma, TruncatedSnr };

/// The target of a network's training and the noise schedule along which it is trained. A plain value.
struct DiffusionConfig {
    Prediction prediction = Prediction::Epsilon;
    sampling::NoiseScheduleKind schedule = sampling::NoiseScheduleKind::Cosine;
    LossWeight weight = LossWeight::Simplified;
    /// sigma_data (Karras et al., 2022): the data is divided by it before noise is added, which gives about unit
    /// variance.
    float dataDeviation = 1.0f;
    bool operator==(const DiffusionConfig&) const = default;
};

} // namespace n2m::diffusion
