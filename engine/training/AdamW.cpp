#include "engine/training/AdamW.h"

#include "engine/training/AdamKernel.h"
#include "engine/training/ExponentialAverage.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <cmath>

namespace n2m::training {

namespace {

constexpr std::int64_t valuesAtATime = 1 << 16;

double normOf(const std::vector<torch::Tensor>& gradients) {
    double squares = 0.0;
    for (const torch::Tensor& gradient : gradients)
        if (gradient.defined()) squares += std::pow(gradient.norm().item<double>(), 2);
    return std::sqrt(squares);
}

// The same as the kernel by torch's operations, for other devices.
void tensorStep(torch::Tensor value, torch::Tensor& first, torch::Tensor& second, torch::Tensor& average,
                const torch::Tensor& gradient, const AdamStep& step) {
    const torch::Tensor scaled = gradient * step.scale;
    first.lerp_(scaled, 1.0 - step.beta1);
    second.mul_(step.beta2).addcmul_(scaled, scaled, 1.0 - step.beta2);
    value.mul_(step.keep).addcdiv_(first, second.sqrt().mul_(step.rootCorrection).add_(step.epsilon), -step.stepSize);
    average.lerp_(value, step.averageWeight);
}

void kernelStep(const torch::Tensor& value, const torch::Tensor& first, const torch::Tensor& second,
                const torch::Tensor& average, const torch::Tensor& gradient, const AdamStep& step) {
    float *v = value.data_ptr<float>(), *m = first.data_ptr<float>(), *s = second.data_ptr<float>(),
          *a = average.data_ptr<float>();
    const torch::Tensor straight = gradient.contiguous();
    const float* g = straight.data_ptr<float>();
    at::parallel_for(0, value.numel(), valuesAtATime, [&](std::int64_t begin, std::int64_t end) {
        adamStep(v + begin, m + begin, s + begin, a + begin, g + begin, end - begin, step);
    });
}

} // namespace

AdamW::AdamW(std::vector<torch::Tensor> parameters, ExponentialAverage& average, Options options)
    : m_parameters(std::move(parameters))
    , m_average(average)
    , m_options(options) {
    for (const torch::Tensor& parameter : m_parameters) {
        m_first.push_back(torch::zeros_like(parameter, torch::MemoryFormat::Contiguous).detach());
        m_second.push_back(torch::zeros_like(parameter, torch::MemoryFormat::Contiguous).detach());
    }
}

double AdamW::step(const std::vector<torch::Tensor>& gradients, double rate, double limit) {
    const torch::NoGradGuard noGradients;
    const double norm = normOf(gradients);
    if (!std::isfinite(norm)) return norm;
    const auto count = static_cast<double>(++m_steps);
    AdamStep step;
    step.scale = static_cast<float>(limit > 0.0 && norm > limit ? limit / norm : 1.0);
    step.beta1 = static_cast<float>(m_options.beta1);
    step.beta2 = static_cast<float>(m_options.beta2);
    step.stepSize = static_cast<float>(rate / (1.0 - std::pow(m_options.beta1, count)));
    step.rootCorrection = static_cast<float>(1.0 / std::sqrt(1.0 - std::pow(m_options.beta2, count)));
    step.epsilon = static_cast<float>(m_options.epsilon);
    step.keep = static_cast<float>(1.0 - rate * m_options.weightDecay);
    step.averageWeight = static_cast<float>(1.0 - m_average.nextDecay());
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        if (!gradients[i].defined()) continue;
        torch::Tensor value = m_parameters[i].detach();
        if (value.is_cpu() && value.is_contiguous())
            kernelStep(value, m_first[i], m_second[i], m_average.averages()[i], gradients[i], step);
        else
            tensorStep(value, m_first[i], m_second[i], m_average.averages()[i], gradients[i], step);
    }
    return norm;
}

} // namespace n2m::training
