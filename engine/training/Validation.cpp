#include "engine/training/Validation.h"

#include "engine/diffusion/Target.h"
#include "engine/sampling/NoiseSchedule.h"

#include <torch/utils.h>

#include <algorithm>

namespace n2m::training {

namespace {
constexpr int batchSize = 4;
constexpr std::uint64_t validationSeed = 20230208; // any fixed number
} // namespace

Validation::Validation(const model::StageConfig& stage, const Batches& source, int snippets)
    : m_stage(stage) {
    std::mt19937_64 random(validationSeed);
    for (int left = snippets; left > 0; left -= batchSize) {
        m_batches.push_back(source.draw(Split::HeldOut, std::min(left, batchSize), random, /*augment=*/false));
    }
}

std::array<double, 7> Validation::run(network::UNet& network, torch::Device device) const {
    const torch::NoGradGuard noGradients;
    const sampling::NoiseSchedule cosine(sampling::NoiseScheduleKind::Cosine), own(m_stage.diffusion.schedule);
    torch::Generator generator = at::detail::createCPUGenerator(validationSeed);
    std::array<double, 7> errors{};
    for (const Batch& batch : m_batches) {
        const torch::Tensor data = batch.data.to(device);
        const network::Conditioning conditioning = batch.conditioning.to(device);
        for (std::size_t index = 0; index < cosineTimes.size(); ++index) {
            const double time = own.time(cosine.lambda(cosineTimes[index]));
            const torch::Tensor times =
                torch::full({data.size(0)}, time, torch::TensorOptions(torch::kFloat).device(device));
            const torch::Tensor noise = torch::randn(batch.data.sizes(), generator).to(device);
            const diffusion::TrainingTarget target = diffusion::makeTarget(data, times, noise, m_stage.diffusion);
            const torch::Tensor output = network.forward(target.noisy, target.t, conditioning);
            const torch::Tensor estimate = diffusion::dataFromOutput(output, target, m_stage.diffusion);
            errors[index] += (estimate - data).square().mean().item<double>() / static_cast<double>(m_batches.size());
        }
    }
    return errors;
}

} // namespace n2m::training
