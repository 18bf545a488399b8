#include "engine/diffusion/Prediction.h"

#include <algorithm>

namespace n2m::diffusion {

namespace {

constexpr double leastSigma = 1e-6;
double limited(double sigma) {
    return std::max(sigma, leastSigma);
}
torch::Tensor limited(const torch::Tensor& sigma) {
    return sigma.clamp_min(leastSigma);
}

template <typename Coefficient>
torch::Tensor x0From(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, const Coefficient& alpha,
                     const Coefficient& sigma) {
    switch (kind) {
    case Prediction::Epsilon:
        return (noisy - output * sigma) / alpha;
    case Prediction::V:
        return noisy * alpha - output * sigma;
    case Prediction::X0:
        break;
    }
    return output;
}

template <typename Coefficient>
torch::Tensor epsilonFrom(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy,
                          const Coefficient& alpha, const Coefficient& sigma) {
    switch (kind) {
    case Prediction::Epsilon:
        return output;
    case Prediction::V:
        return noisy * sigma + output * alpha;
    case Prediction::X0:
        break;
    }
    return (noisy - output * alpha) / limited(sigma);
}

} // namespace

torch::Tensor toX0(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, double alpha,
                   double sigma) {
    return x0From(kind, output, noisy, alpha, sigma);
}

torch::Tensor toX0(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, const torch::Tensor& alpha,
                   const torch::Tensor& sigma) {
    return x0From(kind, output, noisy, alpha, sigma);
}

torch::Tensor toEpsilon(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, double alpha,
                        double sigma) {
    return epsilonFrom(kind, output, noisy, alpha, sigma);
}

torch::Tensor toEpsilon(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy,
                        const torch::Tensor& alpha, const torch::Tensor& sigma) {
    return epsilonFrom(kind, output, noisy, alpha, sigma);
}

torch::Tensor fromData(Prediction kind, const torch::Tensor& x0, const torch::Tensor& epsilon,
                       const torch::Tensor& alpha, const torch::Tensor& sigma) {
    switch (kind) {
    case Prediction::Epsilon:
        return epsilon;
    case Prediction::V:
        return epsilon * alpha - x0 * sigma;
    case Prediction::X0:
        break;
    }
    return x0;
}

} // namespace n2m::diffusion
