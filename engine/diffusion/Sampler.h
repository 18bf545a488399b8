#pragma once

#include "engine/base/Error.h"
#include "engine/diffusion/DiffusionConfig.h"
#include "engine/diffusion/NoiseSource.h"
#include "engine/sampling/NoiseSchedule.h"
#include "engine/sampling/SamplerKind.h"

#include <torch/types.h>

#include <functional>
#include <vector>

namespace n2m::diffusion {

/// Thrown by a sampler whose result is not finite.
class NotFinite : public base::Failure {
public:
    NotFinite()
        : base::Failure("the result is not finite") {}
};

/// Walks from noise to data. x is [batch, channels, time], float32, in the network's units (data divided by
/// sigma_data). Holds no tensors; sample() may be called any number of times.
class Sampler {
public:
    /// Gives the network's output for x_t at time t, guidance included; same shape as x_t.
    using Denoiser = std::function<torch::Tensor(const torch::Tensor& noisy, double t)>;
    /// Called before the first step and after every step, with the number of steps done and the x_0 that the last step
    /// started from (undefined before the first; read only). May throw, which ends the walk.
    using StepObserver = std::function<void(int done, const torch::Tensor& x0)>;

    struct Settings {
        sampling::SamplerKind kind = sampling::SamplerKind::Ancestral;
        Prediction prediction = Prediction::Epsilon;
        double gamma = 0.0;          ///< of the ancestral sampler: 0 … 1
        double temperature = 1.0;    ///< factor of the ancestral sampler's new noise; the caller scales the start
        double clipPercentile = 0.0; ///< of the dynamic thresholding of x_0 (dynamicThreshold); 0 = off
        double clipLimit = 1.0;      ///< in the network's units
    };

    /// The region of the data that is known beforehand (inpainting). Where `where` is 1, `x0` replaces the x_0 of every
    /// step, so that x_t holds it with the noise of its time and the network fits the rest to it.
    struct KnownRegion {
        torch::Tensor x0;    ///< as x, in the network's units; undefined: nothing is known
        torch::Tensor where; ///< 0 or 1, of a shape that x0's can be broadcast with
    };

    Sampler(sampling::NoiseSchedule schedule, const Settings& settings);

    /// `start` is x at times.front() (pure noise where that is 1); `times` fall strictly and usually end at 0. Returns
    /// x at times.back(). `random` is used by the ancestral sampler only. Throws std::invalid_argument for times that
    /// do not fall, NotFinite, and whatever the callbacks throw.
    ///
    ///  - ancestral (Noise2Music, §3.1), from t to s with c = 1 − e^(λ_t − λ_s), σ²_{t|s} = c σ_t², σ̃² = c σ_s²:
    ///        x_s = (α_s/α_t) x_t − c (α_s/α_t) σ_t ε + σ̃^(1−γ) σ_{t|s}^γ ε̃
    ///    In the step that ends at t = 0 no noise is added, as in DDPM's algorithm 2.
    ///  - DDIM (Song et al., 2021, η = 0): x_s = α_s x_0 + σ_s ε
    ///  - DPM-Solver++(2M) (Lu et al., 2022, algorithm 2): with h = λ/2 differences, first order in the first step and
    ///    in the step that ends at t = 0 (where λ may be infinite).
    /// All steps start from x_0 after dynamic thresholding, with `known` put in; the ε of the formulas is
    /// (x_t − α_t x_0)/σ_t, so that it agrees with that x_0.
    torch::Tensor sample(const Denoiser& denoiser, torch::Tensor start, const std::vector<double>& times,
                         NoiseSource& random, const StepObserver& observer = {}, const KnownRegion& known = {}) const;

private:
    torch::Tensor predictX0(const Denoiser& denoiser, const torch::Tensor& noisy, double t) const;
    torch::Tensor ancestralStep(const torch::Tensor& noisy, const torch::Tensor& x0, double t, double s,
                                NoiseSource& random) const;
    torch::Tensor ddimStep(const torch::Tensor& noisy, const torch::Tensor& x0, double t, double s) const;
    torch::Tensor multistep(const torch::Tensor& noisy, const torch::Tensor& x0, const torch::Tensor& previousX0,
                            double previous, double t, double s) const;

    sampling::NoiseSchedule m_schedule;
    Settings m_settings;
};

} // namespace n2m::diffusion
