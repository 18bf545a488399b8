#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace n2m::cascade {

/// The first `count` numbers of a tensor on the CPU, row-major.
inline std::vector<float> toVector(const torch::Tensor& tensor, std::int64_t count) {
    const torch::Tensor flat = tensor.reshape({-1}).narrow(0, 0, count).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + count};
}

/// Mono sound as [1, time], a copy.
inline torch::Tensor toTensor(const std::vector<float>& samples) {
    return torch::from_blob(const_cast<float*>(samples.data()), {1, static_cast<std::int64_t>(samples.size())}).clone();
}

} // namespace n2m::cascade
