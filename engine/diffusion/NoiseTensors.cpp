#include "engine/diffusion/NoiseTensors.h"

namespace n2m::diffusion {

using sampling::NoiseSchedule;
using sampling::NoiseScheduleKind;
using torch::Tensor;

namespace {

bool isCosine(const NoiseSchedule& schedule) {
    return schedule.kind() == NoiseScheduleKind::Cosine;
}

Tensor asDouble(const Tensor& t) {
    return t.to(torch::kFloat64).clamp(0.0, 1.0);
}

Tensor phase(const Tensor& t) {
    return asDouble(t) * NoiseSchedule::angleSpan() + NoiseSchedule::firstAngle();
}

// −ln α_t² of the linear schedule.
Tensor logLoss(const Tensor& t) {
    const Tensor time = asDouble(t);
    return time * (NoiseSchedule::firstRate + time * ((NoiseSchedule::lastRate - NoiseSchedule::firstRate) / 2.0));
}

} // namespace

Tensor alphaAt(const NoiseSchedule& schedule, const Tensor& t) {
    const Tensor value = isCosine(schedule) ? phase(t).cos() : (logLoss(t) * -0.5).exp();
    return value.to(torch::kFloat32);
}

Tensor sigmaAt(const NoiseSchedule& schedule, const Tensor& t) {
    const Tensor value = isCosine(schedule) ? phase(t).sin() : (-logLoss(t)).expm1().neg().sqrt();
    return value.to(torch::kFloat32);
}

Tensor lambdaAt(const NoiseSchedule& schedule, const Tensor& t) {
    if (isCosine(schedule)) return (phase(t).tan().log() * -2.0).to(torch::kFloat32);
    const Tensor loss = logLoss(t);
    return (-loss - (-loss).expm1().neg().log()).to(torch::kFloat32);
}

} // namespace n2m::diffusion
