#include "engine/diffusion/NoiseSchedule.h"

#include <algorithm>
#include <cmath>

namespace n2m::diffusion {

namespace {

using model::NoiseScheduleKind;

// Cosine: the angle a t + b, whose cosine is α and whose sine is σ.
const double firstAngle = std::atan(std::exp(-10.0));
const double angleSpan = std::atan(std::exp(10.0)) - firstAngle;

// Linear: DDPM's β over 1000 steps, as rates per unit of t.
constexpr double firstRate = 1000.0 * 0.0001;
constexpr double lastRate = 1000.0 * 0.02;

double inUnitRange(double t) {
    return std::clamp(t, 0.0, 1.0);
}

double phase(double t) {
    return angleSpan * inUnitRange(t) + firstAngle;
}

// −ln α_t².
double logLoss(double t) {
    t = inUnitRange(t);
    return t * (firstRate + (lastRate - firstRate) * t / 2.0);
}

torch::Tensor asDouble(const torch::Tensor& t) {
    return t.to(torch::kFloat64).clamp(0.0, 1.0);
}

torch::Tensor phase(const torch::Tensor& t) {
    return asDouble(t) * angleSpan + firstAngle;
}

torch::Tensor logLoss(const torch::Tensor& t) {
    const torch::Tensor time = asDouble(t);
    return time * (firstRate + time * ((lastRate - firstRate) / 2.0));
}

} // namespace

double NoiseSchedule::alpha(double t) const {
    return m_kind == NoiseScheduleKind::Cosine ? std::cos(phase(t)) : std::exp(-0.5 * logLoss(t));
}

double NoiseSchedule::sigma(double t) const {
    return m_kind == NoiseScheduleKind::Cosine ? std::sin(phase(t)) : std::sqrt(-std::expm1(-logLoss(t)));
}

double NoiseSchedule::lambda(double t) const {
    if (m_kind == NoiseScheduleKind::Cosine) return -2.0 * std::log(std::tan(phase(t)));
    const double loss = logLoss(t);
    return -loss - std::log(-std::expm1(-loss));
}

double NoiseSchedule::time(double lambda) const {
    if (m_kind == NoiseScheduleKind::Cosine) {
        return inUnitRange((std::atan(std::exp(-lambda / 2.0)) - firstAngle) / angleSpan);
    }
    // −ln α² = ln(1 + e^−λ), without overflow for large −λ; then the root of the quadratic in t that does not cancel.
    const double loss = lambda > 0.0 ? std::log1p(std::exp(-lambda)) : -lambda + std::log1p(std::exp(lambda));
    return inUnitRange(2.0 * loss /
                       (firstRate + std::sqrt(firstRate * firstRate + 2.0 * (lastRate - firstRate) * loss)));
}

torch::Tensor NoiseSchedule::alpha(const torch::Tensor& t) const {
    const torch::Tensor value = m_kind == NoiseScheduleKind::Cosine ? phase(t).cos() : (logLoss(t) * -0.5).exp();
    return value.to(torch::kFloat32);
}

torch::Tensor NoiseSchedule::sigma(const torch::Tensor& t) const {
    const torch::Tensor value =
        m_kind == NoiseScheduleKind::Cosine ? phase(t).sin() : (-logLoss(t)).expm1().neg().sqrt();
    return value.to(torch::kFloat32);
}

torch::Tensor NoiseSchedule::lambda(const torch::Tensor& t) const {
    if (m_kind == NoiseScheduleKind::Cosine) return (phase(t).tan().log() * -2.0).to(torch::kFloat32);
    const torch::Tensor loss = logLoss(t);
    return (-loss - (-loss).expm1().neg().log()).to(torch::kFloat32);
}

} // namespace n2m::diffusion
