#pragma once

#include <torch/types.h>

#include <string>

namespace n2m::device {

/// The device of a name, "cpu" or "cuda". Throws std::invalid_argument, one line, for another name or a device that
/// this machine does not have. Internal to the engine: it shows torch.
torch::Device deviceOf(const std::string& name);

/// The type that networks compute in fastest on a device: bfloat16 on a GPU and on processors with AVX512-BF16 or AMX,
/// float32 elsewhere.
torch::ScalarType fastestComputeType(const torch::Device& device);

} // namespace n2m::device
