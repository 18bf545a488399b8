#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace n2m::diffusion {

/// Normal random numbers for a batch of clips, each row from its own seeded generator on the CPU: the noise of a clip
/// depends neither on the other clips of its batch nor on the device or the number of threads. Not thread-safe.
class NoiseSource {
public:
    /// One seed per clip of the batch; `device` receives the numbers.
    explicit NoiseSource(const std::vector<std::uint64_t>& seeds, torch::Device device = torch::kCPU);

    std::int64_t batch() const { return static_cast<std::int64_t>(m_generators.size()); }

    /// Standard normal numbers, [batch, channels, time], float32.
    torch::Tensor draw(std::int64_t channels, std::int64_t time);

private:
    std::vector<torch::Generator> m_generators;
    torch::Device m_device;
};

} // namespace n2m::diffusion
