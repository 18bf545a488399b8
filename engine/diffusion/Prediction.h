#pragma once

#include "engine/diffusion/DiffusionConfig.h"

#include <torch/types.h>

/// Conversions between the predictions of a network. With x_t = α x_0 + σ ε and v = α ε − σ x_0 (Salimans & Ho, 2022)
/// any one of ε, v and x_0 gives the others once x_t is known. All tensors are [batch, channels, time]; α and σ are
/// either numbers or tensors that broadcast against them ([batch, 1, 1]). Pure functions.
namespace n2m::diffusion {

torch::Tensor toX0(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, double alpha,
                   double sigma);
torch::Tensor toX0(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, const torch::Tensor& alpha,
                   const torch::Tensor& sigma);

/// For Prediction::X0 this divides by σ, limited to at least 1e-6, because there is no noise at t = 0.
torch::Tensor toEpsilon(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy, double alpha,
                        double sigma);
torch::Tensor toEpsilon(Prediction kind, const torch::Tensor& output, const torch::Tensor& noisy,
                        const torch::Tensor& alpha, const torch::Tensor& sigma);

/// The target of a network of this kind for data `x0` with noise `epsilon`.
torch::Tensor fromData(Prediction kind, const torch::Tensor& x0, const torch::Tensor& epsilon,
                       const torch::Tensor& alpha, const torch::Tensor& sigma);

} // namespace n2m::diffusion
