#include "engine/training/ExponentialAverage.h"

#include <torch/utils.h>

#include <algorithm>

namespace n2m::training {

ExponentialAverage::ExponentialAverage(std::vector<torch::Tensor> parameters, double decay)
    : m_parameters(std::move(parameters))
    , m_decay(decay) {
    for (const torch::Tensor& parameter : m_parameters)
        m_averages.push_back(parameter.detach().clone());
}

double ExponentialAverage::nextDecay() {
    const double count = static_cast<double>(m_updates++);
    return std::min(m_decay, (1.0 + count) / (10.0 + count));
}

void ExponentialAverage::swap() {
    const torch::NoGradGuard noGradients;
    for (std::size_t index = 0; index < m_parameters.size(); ++index) {
        const torch::Tensor value = m_parameters[index].detach().clone();
        m_parameters[index].detach().copy_(m_averages[index]);
        m_averages[index].copy_(value);
    }
}

} // namespace n2m::training
