#include "engine/network/Compute.h"

namespace n2m::network {

torch::ScalarType fastestComputeType(const torch::Device& device) {
    if (!device.is_cpu()) return torch::kBFloat16;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16")) return torch::kBFloat16;
#endif
    return torch::kFloat;
}

} // namespace n2m::network
