#pragma once

#include <torch/types.h>

#include <string>

namespace n2m::device {

/// The device of a name, "cpu" or "cuda". Throws base::InvalidInput for another name or a device that this machine
/// does not have. Internal to the engine: it shows torch.
torch::Device deviceOf(const std::string& name);

/// True if networks can compute in bfloat16 on this processor: oneDNN, which runs the convolutions, needs AVX-512 for
/// it, which ONEDNN_MAX_CPU_ISA may forbid. Found out by one small convolution.
bool cpuConvolvesBfloat16();

/// The fastest type for networks on a device: bfloat16 on a GPU and on processors with AVX512-BF16 or AMX, float32
/// elsewhere.
torch::ScalarType fastestComputeType(const torch::Device& device);

} // namespace n2m::device
