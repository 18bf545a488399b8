#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace n2m::cascade {

/// A piece of a long signal, in samples.
struct Window {
    std::int64_t start = 0, length = 0;
    bool operator==(const Window&) const = default;
};

/// Pieces of at most `most` samples that cover `total` samples and overlap by at least an eighth of their length.
/// Starts and lengths are multiples of `multiple`, of which `total` is one too. One piece where all fits; pieces of two
/// multiples where `most` is less than that. Only neighbours overlap.
std::vector<Window> windowsOver(std::int64_t total, std::int64_t most, std::int64_t multiple);

/// The weight of each sample of window `index`, [length]: linear fades over the overlaps with its neighbours, so that
/// the weights of all windows add up to 1 everywhere.
torch::Tensor fadeOf(const std::vector<Window>& windows, std::size_t index);

} // namespace n2m::cascade
