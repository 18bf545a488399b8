#include "engine/device/Device.h"

#include "engine/base/Error.h"

#include <torch/utils.h>

namespace n2m::device {

torch::Device deviceOf(const std::string& name) {
    if (name != "cpu" && name != "cuda") {
        throw base::InvalidInput("there is no device \"{}\"; there are cpu and cuda", name);
    }
    const torch::Device device(name);
    try {
        torch::zeros({1}, torch::TensorOptions().device(device));
    } catch (const std::exception&) {
        throw base::InvalidInput(
            "the device \"{}\" cannot be used: this machine has none, or this LibTorch was built without it", name);
    }
    return device;
}

bool cpuConvolvesBfloat16() {
    static const bool convolves = [] {
        const torch::NoGradGuard noGradients;
        const auto options = torch::TensorOptions(torch::kBFloat16);
        try {
            torch::conv2d(torch::ones({1, 16, 1, 16}, options), torch::ones({16, 16, 1, 3}, options));
            return true;
        } catch (const std::exception&) {
            return false;
        }
    }();
    return convolves;
}

torch::ScalarType fastestComputeType(const torch::Device& device) {
    if (!device.is_cpu()) return torch::kBFloat16;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16") && cpuConvolvesBfloat16()) return torch::kBFloat16;
#endif
    return torch::kFloat;
}

} // namespace n2m::device
