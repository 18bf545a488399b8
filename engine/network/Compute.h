#pragma once

#include <torch/types.h>

namespace n2m::network {

/// The type in which a network runs fastest on a device without losing quality: bf16 on CUDA and on CPUs that multiply
/// it in hardware (AVX-512 BF16 or AMX), else fp32.
torch::ScalarType fastestComputeType(const torch::Device& device);

} // namespace n2m::network
