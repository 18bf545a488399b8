#include "engine/evaluation/FrechetDistance.h"

#include <torch/torch.h>

#include <stdexcept>
#include <tuple>

namespace n2m::evaluation {

using torch::Tensor;

namespace {

struct Gaussian {
    Tensor mean, covariance;

    explicit Gaussian(const Tensor& features) {
        if (features.dim() != 2 || features.size(0) < 2)
            throw std::invalid_argument("a Fréchet distance needs at least two rows of features on each side");
        if (!features.isfinite().all().item<bool>())
            throw std::invalid_argument("the features of a Fréchet distance must be finite");
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
    if (a.mean.size(0) != b.mean.size(0)) throw std::invalid_argument("a Fréchet distance needs features of one width");
    // (Σ₁Σ₂)^½ has the trace of (Σ₁^½ Σ₂ Σ₁^½)^½, which is symmetric.
    const Tensor root = squareRoot(a.covariance);
    const auto values = std::get<0>(torch::linalg_eigh(root.matmul(b.covariance).matmul(root), "L"));
    const Tensor distance = (a.mean - b.mean).square().sum() + a.covariance.trace() + b.covariance.trace() -
                            2.0 * values.clamp_min(0.0).sqrt().sum();
    return distance.item<double>();
}

} // namespace n2m::evaluation
