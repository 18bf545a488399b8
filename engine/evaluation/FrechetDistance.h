#pragma once

#include <torch/types.h>

namespace n2m::evaluation {

/// The squared Fréchet distance between Gaussians of the mean and covariance of two sets of features [n, d] and [m, d]:
/// |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½) (Dowson and Landau, 1982). It grows as the sets get smaller: compare only with
/// distances between sets of the same sizes. Throws base::InvalidInput for sets of fewer than two rows, different
/// widths or values that are not finite.
double frechetDistance(const torch::Tensor& first, const torch::Tensor& second);

} // namespace n2m::evaluation
