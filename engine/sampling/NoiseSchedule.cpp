#include "engine/sampling/NoiseSchedule.h"

#include <algorithm>
#include <cmath>

namespace n2m::sampling {

namespace {

// The cosine schedule has the angle a t + b, whose cosine is α and whose sine is σ.
const double angleAtStart = std::atan(std::exp(-10.0));
const double angleOfAll = std::atan(std::exp(10.0)) - angleAtStart;

double inUnitRange(double t) {
    return std::clamp(t, 0.0, 1.0);
}

double phase(double t) {
    return angleOfAll * inUnitRange(t) + angleAtStart;
}

// −ln α_t².
double logLoss(double t) {
    t = inUnitRange(t);
    return t * (NoiseSchedule::firstRate + (NoiseSchedule::lastRate - NoiseSchedule::firstRate) * t / 2.0);
}

} // namespace

double NoiseSchedule::firstAngle() {
    return angleAtStart;
}

double NoiseSchedule::angleSpan() {
    return angleOfAll;
}

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
        return inUnitRange((std::atan(std::exp(-lambda / 2.0)) - angleAtStart) / angleOfAll);
    }
    // −ln α² = ln(1 + e^−λ), without overflow for large −λ; then the root of the quadratic in t that does not cancel.
    const double loss = lambda > 0.0 ? std::log1p(std::exp(-lambda)) : -lambda + std::log1p(std::exp(lambda));
    return inUnitRange(2.0 * loss /
                       (firstRate + std::sqrt(firstRate * firstRate + 2.0 * (lastRate - firstRate) * loss)));
}

} // namespace n2m::sampling
