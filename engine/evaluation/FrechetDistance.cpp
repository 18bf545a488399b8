#include "engine/evaluation/FrechetDistance.h"

#include "engine/base/Error.h"

#include <torch/types.h>

#include <tuple>

namespace n2m::evaluation {

using torch::Tensor;

namespace {

struct Gaussian {
    Tensor mean, covariance;

    explicit Gaussian(const Tensor& features) {
        if (features.dim() != 2 || features.size(0) < 2)
            throw base::InvalidInput("a Fréchet distance needs at least two rows of features on each side");
        if (!features.isfinite().all().item<bool>())
            throw base::InvalidInput("the features of a Fréchet distance must be finite");
        const Tensor rows = features.to(torch::kDouble);
        mean = rows.mean(0);
        const Tensor centred = rows - mean;
        covariance = centred.t().matmul(centred) / static_cast<double>(rows.size(0) - 1);
    }
};

Tensor squareRoot(const Tensor& positive) {
    const auto [values, vectors] = torch::linalg_eigh(positive, "L");
    return (vectors * values.clamp_min(0.0).sqrt()).matmul(vectors.t());
}

} // namespace

double frechetDistance(const Tensor& first, const Tensor& second) {
    const Gaussian a(first), b(second);
    if (a.mean.size(0) != b.mean.size(0)) throw base::InvalidInput("a Fréchet distance needs features of one width");
    // The trace of (Σ₁Σ₂)^½ is that of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric.
    const Tensor root = squareRoot(a.covariance);
    const auto values = std::get<0>(torch::linalg_eigh(root.matmul(b.covariance).matmul(root), "L"));
    const Tensor distance = (a.mean - b.mean).square().sum() + a.covariance.trace() + b.covariance.trace() -
                            2.0 * values.clamp_min(0.0).sqrt().sum();
    return distance.item<double>();
}

} // namespace n2m::evaluation
