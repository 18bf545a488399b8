#include "engine/diffusion/NoiseSource.h"

#include <ATen/CPUGeneratorImpl.h>

namespace n2m::diffusion {

NoiseSource::NoiseSource(const std::vector<std::uint64_t>& seeds, torch::Device device)
    : m_device(device) {
    for (const std::uint64_t seed : seeds)
        m_generators.push_back(at::detail::createCPUGenerator(seed));
}

torch::Tensor NoiseSource::draw(std::int64_t channels, std::int64_t time) {
    torch::Tensor noise = torch::empty({batch(), channels, time});
    for (std::int64_t row = 0; row < batch(); ++row)
        noise[row].normal_(0.0, 1.0, m_generators[static_cast<std::size_t>(row)]);
    return noise.to(m_device);
}

} // namespace n2m::diffusion
