#include "engine/network/Refinement.h"

#include <torch/utils.h>

namespace n2m::network {

Refinement::Refinement(std::int64_t input, std::int64_t data, std::int64_t channels, std::int64_t embedding)
    : m_data(data)
    , m_channels(channels)
    , m_entry(register_module("entry", std::make_shared<Convolution>(input + data, channels, 3)))
    , m_middle(register_module("middle", std::make_shared<Convolution>(channels, channels, 3)))
    , m_exit(register_module("exit", std::make_shared<Convolution>(channels, data, 3)))
    , m_combine(register_module("combine", std::make_shared<Linear>(embedding, 2 * channels)))
    , m_gains(register_module("gains", std::make_shared<Linear>(embedding, 2 * data))) {
    const torch::NoGradGuard guard;
    m_exit->weight.zero_();
    m_gains->weight.zero_();
}

torch::Tensor Refinement::forward(const torch::Tensor& x, const torch::Tensor& answer, const torch::Tensor& time) {
    const auto combine = m_combine->forward(time).to(x.scalar_type()).unsqueeze(1).split(m_channels, 2);
    torch::Tensor y = m_entry->forward(torch::cat({x, answer}, 2));
    y = torch::silu(y * (combine[0] + 1.0) + combine[1]);
    y = torch::silu(m_middle->forward(y));
    const auto gains = m_gains->forward(time).to(x.scalar_type()).unsqueeze(1).split(m_data, 2);
    return answer * (gains[0] + 1.0) + x.narrow(2, 0, m_data) * gains[1] + m_exit->forward(y);
}

} // namespace n2m::network
