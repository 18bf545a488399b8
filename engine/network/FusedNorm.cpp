#include "engine/network/FusedNorm.h"

#include <algorithm>

namespace n2m::network {

namespace {

torch::Tensor composite(const torch::Tensor& h, const torch::Tensor& weight, const torch::Tensor& bias,
                        std::int64_t groups) {
    const auto batch = h.size(0), length = h.size(1), channels = h.size(2);
    const torch::Tensor grouped = h.to(torch::kFloat).reshape({batch, length, groups, channels / groups});
    const torch::Tensor mean = grouped.mean({1, 3}, true);
    const torch::Tensor centred = grouped - mean;
    const torch::Tensor variance = centred.square().mean({1, 3}, true);
    const torch::Tensor normal = (centred * torch::rsqrt(variance + 1e-5)).reshape({batch, length, channels});
    return torch::silu(normal * weight + bias).to(h.scalar_type());
}

} // namespace

std::int64_t normGroups(std::int64_t channels) {
    for (std::int64_t groups = std::min<std::int64_t>(32, channels / 8); groups > 1; --groups)
        if (channels % groups == 0) return groups;
    return 1;
}

std::pair<torch::Tensor, torch::Tensor> combineNormSwish(const torch::Tensor& x, const torch::Tensor& scale,
                                                         const torch::Tensor& shift, const torch::Tensor& weight,
                                                         const torch::Tensor& bias, std::int64_t groups) {
    const torch::Tensor h = (x.to(torch::kFloat) * scale.unsqueeze(1) + shift.unsqueeze(1)).to(x.scalar_type());
    return {h, composite(h, weight, bias, groups)};
}

torch::Tensor normSwish(const torch::Tensor& x, const torch::Tensor& weight, const torch::Tensor& bias,
                        std::int64_t groups) {
    return composite(x, weight, bias, groups);
}

} // namespace n2m::network
