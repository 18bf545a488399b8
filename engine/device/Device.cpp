#include "engine/device/Device.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <stdexcept>

namespace n2m::device {

torch::Device deviceOf(const std::string& name) {
    if (name != "cpu" && name != "cuda") {
        throw std::invalid_argument(fmt::format("there is no device \"{}\"; there are cpu and cuda", name));
    }
    const torch::Device device(name);
    try {
        torch::zeros({1}, torch::TensorOptions().device(device));
    } catch (const std::exception&) {
        throw std::invalid_argument(fmt::format(
            "the device \"{}\" cannot be used: this machine has none, or this LibTorch was built without it", name));
    }
    return device;
}

torch::ScalarType fastestComputeType(const torch::Device& device) {
    if (!device.is_cpu()) return torch::kBFloat16;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16")) return torch::kBFloat16;
#endif
    return torch::kFloat;
}

} // namespace n2m::device
