#pragma once

#include "engine/network/NormKernels.h"

#include <ATen/Parallel.h>
#include <torch/types.h>

#include <algorithm>
#include <cstdint>
#include <vector>

/// \file
/// Runs the kernels over [batch, time, channels] tensors: for both element types, over torch's threads, with sums that
/// do not depend on the number of threads. For .cpp files that own kernels' autograd functions.

namespace n2m::network {

/// True for tensors that the kernels accept; others need torch's own operations.
inline bool hasKernels(const torch::Tensor& x) {
    return x.is_cpu() && (x.scalar_type() == torch::kFloat || x.scalar_type() == torch::kBFloat16);
}

/// The elements of a tensor as the kernels know them; `like` only carries the type.
inline float* elements(const torch::Tensor& x, float) {
    return x.data_ptr<float>();
}
inline kernels::Bfloat16* elements(const torch::Tensor& x, kernels::Bfloat16) {
    return static_cast<kernels::Bfloat16*>(x.data_ptr());
}

/// Rows that are worked on at a time: a few hundred kilobytes, and small enough to share out one sample.
constexpr std::int64_t rowsAtATime = 128;

/// Calls body(typed zero, first row, rows) for pieces of x [B, T, C], counted over the whole batch; no piece crosses
/// samples. Pieces run in parallel.
template <class Body> void forRows(const torch::Tensor& x, Body body) {
    const auto length = x.size(1), pieces = (length + rowsAtATime - 1) / rowsAtATime;
    at::parallel_for(0, x.size(0) * pieces, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto piece = begin; piece < end; ++piece) {
            const auto first = piece % pieces * rowsAtATime, rows = std::min(rowsAtATime, length - first);
            const auto row = piece / pieces * length + first;
            if (x.scalar_type() == torch::kFloat)
                body(0.0f, row, rows);
            else
                body(kernels::Bfloat16{}, row, rows);
        }
    });
}

/// Like forRows, with `count`·C sums that body(zero, first row, rows, sums) adds to. Returns the sums over time, fp32
/// [B, count, C], added up in double precision in a fixed order.
template <class Body> torch::Tensor sumOverTime(const torch::Tensor& x, std::int64_t count, Body body) {
    const auto batch = x.size(0), length = x.size(1), channels = x.size(2), width = count * channels;
    const auto pieces = (length + rowsAtATime - 1) / rowsAtATime;
    std::vector<float> parts(static_cast<std::size_t>(batch * pieces * width), 0.0f);
    forRows(x, [&](auto zero, std::int64_t row, std::int64_t rows) {
        const auto piece = row / length * pieces + row % length / rowsAtATime;
        body(zero, row, rows, parts.data() + piece * width);
    });
    const torch::Tensor sums = torch::empty({batch, count, channels});
    std::vector<double> total(static_cast<std::size_t>(width));
    for (std::int64_t sample = 0; sample < batch; ++sample) {
        std::fill(total.begin(), total.end(), 0.0);
        for (std::int64_t piece = 0; piece < pieces; ++piece)
            for (std::int64_t i = 0; i < width; ++i)
                total[static_cast<std::size_t>(i)] +=
                    parts[static_cast<std::size_t>((sample * pieces + piece) * width + i)];
        for (std::int64_t i = 0; i < width; ++i)
            sums.data_ptr<float>()[sample * width + i] = static_cast<float>(total[static_cast<std::size_t>(i)]);
    }
    return sums;
}

} // namespace n2m::network
