#include "engine/diffusion/Target.h"

#include "engine/diffusion/NoiseTensors.h"
#include "engine/diffusion/Prediction.h"

namespace n2m::diffusion {

namespace {

torch::Tensor perClip(const torch::Tensor& values) {
    return values.reshape({-1, 1, 1});
}

/// w_t.
torch::Tensor weightAt(LossWeight weight, const torch::Tensor& alpha, const torch::Tensor& sigma) {
    switch (weight) {
    case LossWeight::Sigma:
        return sigma.square();
    case LossWeight::TruncatedSnr:
        return (alpha / sigma).square().clamp(1.0, 5.0);
    case LossWeight::Simplified:
        break;
    }
    return torch::ones_like(sigma);
}

} // namespace

torch::Tensor drawTimes(std::int64_t batch, const torch::Generator& generator) {
    const torch::Tensor offset = torch::rand({1}, generator, torch::TensorOptions().dtype(torch::kFloat32));
    return (torch::arange(batch, torch::kFloat32) + offset) / static_cast<double>(batch);
}

TrainingTarget makeTarget(const torch::Tensor& data, const torch::Tensor& t, const torch::Tensor& epsilon,
                          const DiffusionConfig& config) {
    const sampling::NoiseSchedule schedule(config.schedule);
    const torch::Tensor time = t.to(data.device());
    const torch::Tensor alpha = alphaAt(schedule, time), sigma = sigmaAt(schedule, time);
    const torch::Tensor x0 = data.to(torch::kFloat32) / config.dataDeviation;
    TrainingTarget result;
    result.t = time;
    result.noisy = x0 * perClip(alpha) + epsilon * perClip(sigma);
    result.target = fromData(config.prediction, x0, epsilon, perClip(alpha), perClip(sigma));
    result.weight = weightAt(config.weight, alpha, sigma);
    return result;
}

TrainingTarget drawTarget(const torch::Tensor& data, const DiffusionConfig& config, const torch::Generator& generator) {
    const torch::Tensor t = drawTimes(data.size(0), generator);
    const torch::Tensor epsilon = torch::randn(data.sizes(), generator, torch::TensorOptions().dtype(torch::kFloat32));
    return makeTarget(data, t, epsilon.to(data.device()), config);
}

torch::Tensor diffusionLossPerClip(const torch::Tensor& output, const TrainingTarget& target) {
    return (output.to(torch::kFloat32) - target.target).square().mean({1, 2}) * target.weight;
}

torch::Tensor diffusionLoss(const torch::Tensor& output, const TrainingTarget& target) {
    return diffusionLossPerClip(output, target).mean();
}

torch::Tensor dataFromOutput(const torch::Tensor& output, const TrainingTarget& target, const DiffusionConfig& config) {
    const sampling::NoiseSchedule schedule(config.schedule);
    return toX0(config.prediction, output.to(torch::kFloat32), target.noisy, perClip(alphaAt(schedule, target.t)),
                perClip(sigmaAt(schedule, target.t))) *
           config.dataDeviation;
}

} // namespace n2m::diffusion
