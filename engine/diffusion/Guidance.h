#pragma once

#include <torch/types.h>

#include <vector>

namespace n2m::diffusion {

/// One of the forward passes that guidance mixes: the conditioning that it sees and its weight.
struct GuidanceBranch {
    bool text = false;
    bool plan = false;
    double weight = 1.0;
    bool operator==(const GuidanceBranch&) const = default;
};

/// Classifier-free guidance (Ho & Salimans, 2021) over text c and plan p with a weight for each, the paper's
/// ε = w ε(c) + (1 − w) ε(∅) applied to one after the other:
///
///     ε = ε(∅, ∅) + w_plan (ε(∅, p) − ε(∅, ∅)) + w_text (ε(c, p) − ε(∅, p))
///
/// With equal weights two passes are enough, ε(∅, ∅) and ε(c, p); passes whose weight is 0 are left out, so that w = 1
/// is one plain pass. The weights of the branches sum to 1; because ε, v and x_0 depend on each other affinely at a
/// given x_t, mixing any of them is the same. The fully conditioned branch comes first.
std::vector<GuidanceBranch> guidanceBranches(bool hasText, bool hasPlan, double textWeight, double planWeight);

/// Mixes `outputs`, [branches × batch, channels, time] with the branches one after the other, to [batch, channels,
/// time].
torch::Tensor combineBranches(const torch::Tensor& outputs, const std::vector<GuidanceBranch>& branches);

/// Dynamic thresholding (Imagen, Saharia et al., 2022): s is the `percentile` (0 … 1) of |x_0| in each clip, at least
/// `limit`; x_0 is cut to [−s, s] and scaled by limit/s. Percentile 0 turns it off: x_0 is returned unchanged. x0 is
/// [batch, channels, time]. The percentile is the nearest element from below, not interpolated.
torch::Tensor dynamicThreshold(const torch::Tensor& x0, double percentile, double limit);

} // namespace n2m::diffusion
