#include "engine/diffusion/Sampler.h"

#include "engine/diffusion/Guidance.h"
#include "engine/diffusion/Prediction.h"

#include <cmath>
#include <stdexcept>

namespace n2m::diffusion {

Sampler::Sampler(sampling::NoiseSchedule schedule, const Settings& settings)
    : m_schedule(schedule)
    , m_settings(settings) {}

torch::Tensor Sampler::sample(const Denoiser& denoiser, torch::Tensor start, const std::vector<double>& times,
                              NoiseSource& random, const StepObserver& observer, const KnownRegion& known) const {
    for (std::size_t index = 1; index < times.size(); ++index) {
        if (!(times[index] < times[index - 1])) throw std::invalid_argument("the times of a sampler must fall");
    }
    if (times.empty() || times.front() > 1.0 || times.back() < 0.0) {
        throw std::invalid_argument("the times of a sampler must be between 1 and 0");
    }
    if (observer) observer(0, {});
    torch::Tensor x = std::move(start), previousX0;
    for (std::size_t index = 0; index + 1 < times.size(); ++index) {
        const double t = times[index], s = times[index + 1];
        torch::Tensor x0 = predictX0(denoiser, x, t);
        if (known.x0.defined()) x0 = torch::lerp(x0, known.x0, known.where);
        switch (m_settings.kind) {
        case sampling::SamplerKind::Ancestral:
            x = ancestralStep(x, x0, t, s, random);
            break;
        case sampling::SamplerKind::Ddim:
            x = ddimStep(x, x0, t, s);
            break;
        case sampling::SamplerKind::DpmPlusPlus2M:
            x = multistep(x, x0, previousX0, index > 0 ? times[index - 1] : t, t, s);
            previousX0 = x0;
            break;
        }
        if (observer) observer(static_cast<int>(index) + 1, x0);
    }
    if (!torch::isfinite(x).all().item<bool>()) throw NotFinite();
    return x;
}

torch::Tensor Sampler::predictX0(const Denoiser& denoiser, const torch::Tensor& noisy, double t) const {
    const torch::Tensor output = denoiser(noisy, t).to(torch::kFloat32);
    const torch::Tensor x0 = toX0(m_settings.prediction, output, noisy, m_schedule.alpha(t), m_schedule.sigma(t));
    return dynamicThreshold(x0, m_settings.clipPercentile, m_settings.clipLimit);
}

torch::Tensor Sampler::ancestralStep(const torch::Tensor& noisy, const torch::Tensor& x0, double t, double s,
                                     NoiseSource& random) const {
    const double sigmaT = m_schedule.sigma(t), sigmaS = m_schedule.sigma(s);
    const double lambdaStep = m_schedule.lambda(t) - m_schedule.lambda(s);
    const double c = -std::expm1(lambdaStep);
    // This is the formula's mean with ε = (x_t − α_t x_0)/σ_t put in. Near t = 1, where α_t is tiny, x_0 would
    // otherwise be lost as the small difference of two large numbers.
    const double ratio = m_schedule.alpha(s) / m_schedule.alpha(t);
    torch::Tensor next = noisy * (ratio * std::exp(lambdaStep)) + x0 * (c * m_schedule.alpha(s));
    if (s > 0.0) {
        const double deviation =
            std::pow(std::sqrt(c) * sigmaS, 1.0 - m_settings.gamma) * std::pow(std::sqrt(c) * sigmaT, m_settings.gamma);
        next.add_(random.draw(noisy.size(1), noisy.size(2)), deviation * m_settings.temperature);
    }
    return next;
}

torch::Tensor Sampler::ddimStep(const torch::Tensor& noisy, const torch::Tensor& x0, double t, double s) const {
    const torch::Tensor epsilon = toEpsilon(Prediction::X0, x0, noisy, m_schedule.alpha(t), m_schedule.sigma(t));
    return x0 * m_schedule.alpha(s) + epsilon * m_schedule.sigma(s);
}

torch::Tensor Sampler::multistep(const torch::Tensor& noisy, const torch::Tensor& x0, const torch::Tensor& previousX0,
                                 double previous, double t, double s) const {
    // The paper's λ is half of ours: ln(α/σ).
    const double h = (m_schedule.lambda(s) - m_schedule.lambda(t)) / 2.0;
    torch::Tensor slope = x0;
    if (previousX0.defined() && s > 0.0) {
        const double r = (m_schedule.lambda(t) - m_schedule.lambda(previous)) / 2.0 / h;
        slope = x0 * (1.0 + 0.5 / r) - previousX0 * (0.5 / r);
    }
    return noisy * (m_schedule.sigma(s) / m_schedule.sigma(t)) - slope * (m_schedule.alpha(s) * std::expm1(-h));
}

} // namespace n2m::diffusion
