#include "engine/diffusion/Guidance.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace n2m::diffusion {

std::vector<GuidanceBranch> guidanceBranches(bool hasText, bool hasPlan, double textWeight, double planWeight) {
    if (!hasText && !hasPlan) return {{false, false, 1.0}};
    if (!hasText) textWeight = planWeight; // without text there is one weight
    if (!hasPlan) planWeight = textWeight;

    std::vector<GuidanceBranch> branches{{hasText, hasPlan, textWeight}};
    if (hasText && hasPlan) branches.push_back({false, true, planWeight - textWeight});
    branches.push_back({false, false, 1.0 - planWeight});
    std::erase_if(branches, [](const GuidanceBranch& branch) { return branch.weight == 0.0; });
    return branches;
}

torch::Tensor combineBranches(const torch::Tensor& outputs, const std::vector<GuidanceBranch>& branches) {
    const auto count = static_cast<std::int64_t>(branches.size());
    if (count == 0 || outputs.size(0) % count != 0) throw std::invalid_argument("the batch does not hold the branches");
    if (count == 1) return outputs;
    const std::vector<torch::Tensor> parts = outputs.chunk(count, 0);
    torch::Tensor mixed = parts[0] * branches[0].weight;
    for (std::size_t index = 1; index < parts.size(); ++index)
        mixed.add_(parts[index], branches[index].weight);
    return mixed;
}

torch::Tensor dynamicThreshold(const torch::Tensor& x0, double percentile, double limit) {
    if (percentile <= 0.0) return x0;
    const torch::Tensor flat = x0.reshape({x0.size(0), -1});
    const auto rank = std::clamp<std::int64_t>(
        static_cast<std::int64_t>(std::floor(percentile * static_cast<double>(flat.size(1)))), 1, flat.size(1));
    // kthvalue selects; a quantile would sort, and refuses more than 16 million elements.
    const torch::Tensor bound = std::get<0>(flat.abs().kthvalue(rank, 1, true)).clamp_min(limit).unsqueeze(2);
    return torch::minimum(torch::maximum(x0, -bound), bound) * (limit / bound);
}

} // namespace n2m::diffusion
