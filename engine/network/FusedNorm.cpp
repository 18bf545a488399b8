#include "engine/network/FusedNorm.h"

#include "engine/network/NormKernels.h"
#include "engine/network/RowLoops.h"

#include <ATen/Parallel.h>
#include <torch/autograd.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace n2m::network {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr double epsilon = 1e-5;

/// Per-channel factors of one sample: z = x·slope + offset is what the Swish sees.
struct Factors {
    Tensor slope, offset;   ///< fp32 [B, C]
    Tensor mean, deviation; ///< fp32 [B, G]: of the groups, deviation = 1/√(variance + ε)
};

/// Computes the statistics of x·scale + shift from moments [B, 2, C] (Σ x and Σ x² over time), exactly, without another
/// pass.
Factors factorsOf(const Tensor& moments, std::int64_t length, const Tensor& scale, const Tensor& shift,
                  const Tensor& weight, const Tensor& bias, std::int64_t groups) {
    const auto batch = moments.size(0), channels = moments.size(2), width = channels / groups;
    Factors made{torch::empty({batch, channels}), torch::empty({batch, channels}), torch::empty({batch, groups}),
                 torch::empty({batch, groups})};
    const auto *w = weight.data_ptr<float>(), *b = bias.data_ptr<float>();
    for (std::int64_t sample = 0; sample < batch; ++sample) {
        const float* sum = moments.data_ptr<float>() + sample * 2 * channels;
        const float* squares = sum + channels;
        const float* s = scale.numel() > 0 ? scale.data_ptr<float>() + sample * channels : nullptr;
        const float* t = scale.numel() > 0 ? shift.data_ptr<float>() + sample * channels : nullptr;
        const double n = static_cast<double>(length);
        for (std::int64_t group = 0; group < groups; ++group) {
            double first = 0.0, second = 0.0;
            for (std::int64_t c = group * width; c < (group + 1) * width; ++c) {
                const double p = s ? s[c] : 1.0, q = s ? t[c] : 0.0;
                first += p * sum[c] + n * q;
                second += p * p * squares[c] + 2.0 * p * q * sum[c] + n * q * q;
            }
            const double count = n * static_cast<double>(width), mean = first / count;
            const double deviation = 1.0 / std::sqrt(std::max(second / count - mean * mean, 0.0) + epsilon);
            made.mean.data_ptr<float>()[sample * groups + group] = static_cast<float>(mean);
            made.deviation.data_ptr<float>()[sample * groups + group] = static_cast<float>(deviation);
            for (std::int64_t c = group * width; c < (group + 1) * width; ++c) {
                const double p = s ? s[c] : 1.0, q = s ? t[c] : 0.0;
                made.slope.data_ptr<float>()[sample * channels + c] = static_cast<float>(p * deviation * w[c]);
                made.offset.data_ptr<float>()[sample * channels + c] =
                    static_cast<float>((q - mean) * deviation * w[c] + b[c]);
            }
        }
    }
    return made;
}

/// Gives {a, h} of combineNormSwish; with empty scale and shift {a} of normSwish. (LibTorch 1.13 accepts no undefined
/// tensors here.)
class GroupNormSwish : public torch::autograd::Function<GroupNormSwish> {
public:
    static variable_list forward(AutogradContext* context, const Tensor& input, const Tensor& scale,
                                 const Tensor& shift, const Tensor& weight, const Tensor& bias, std::int64_t groups) {
        const Tensor x = input.contiguous();
        const auto length = x.size(1), channels = x.size(2);
        const Tensor moments = sumOverTime(x, 2, [&](auto zero, std::int64_t row, std::int64_t rows, float* sums) {
            const auto* from = elements(x, zero) + row * channels;
            kernels::addMoments(from, rows, channels, sums, sums + channels);
        });
        const Factors factors = factorsOf(moments, length, scale, shift, weight, bias, groups);
        const Tensor active = torch::empty_like(x);
        const Tensor combined = scale.numel() > 0 ? torch::empty_like(x) : Tensor();
        forRows(x, [&](auto zero, std::int64_t row, std::int64_t rows) {
            const auto at = row * channels, of = row / length * channels;
            kernels::scaleSwish(
                elements(x, zero) + at, rows, channels, scale.numel() > 0 ? scale.data_ptr<float>() + of : nullptr,
                scale.numel() > 0 ? shift.data_ptr<float>() + of : nullptr,
                scale.numel() > 0 ? elements(combined, zero) + at : nullptr, factors.slope.data_ptr<float>() + of,
                factors.offset.data_ptr<float>() + of, elements(active, zero) + at);
        });
        context->save_for_backward(
            {x, scale, shift, weight, moments, factors.slope, factors.offset, factors.mean, factors.deviation});
        return scale.numel() > 0 ? variable_list{active, combined} : variable_list{active};
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &scale = saved[1], &shift = saved[2], &weight = saved[3], &moments = saved[4],
                     &slope = saved[5], &offset = saved[6], &mean = saved[7], &deviation = saved[8];
        const auto batch = x.size(0), length = x.size(1), channels = x.size(2), groups = mean.size(1);
        const Tensor dy = gradients[0].defined() ? gradients[0].to(x.scalar_type()).contiguous() : torch::zeros_like(x);
        const Tensor extra =
            gradients.size() > 1 && gradients[1].defined() ? gradients[1].to(x.scalar_type()).contiguous() : Tensor();

        const Tensor sums = sumOverTime(x, 4, [&](auto zero, std::int64_t row, std::int64_t rows, float* to) {
            const auto at = row * channels, of = row / length * channels;
            kernels::addGradientMoments(elements(x, zero) + at, elements(dy, zero) + at,
                                        extra.defined() ? elements(extra, zero) + at : nullptr, rows, channels,
                                        slope.data_ptr<float>() + of, offset.data_ptr<float>() + of, to);
        });

        // dh = deviation·(weight·dz − mean(weight·dz) − n·mean(weight·dz·n)) + extra, n = (h − mean)·deviation, and
        // dx = scale·dh, written as dx = p·dz + q·x + r + s·extra. The sums over time of dh and dh·x follow from sums.
        const Tensor p = torch::empty({4, batch, channels});
        const Tensor dScale = torch::empty({batch, channels}), dShift = torch::empty({batch, channels});
        const Tensor dWeight = torch::zeros({channels}), dBias = torch::zeros({channels});
        const auto plane = batch * channels, width = channels / groups;
        const double n = static_cast<double>(length);
        for (std::int64_t sample = 0; sample < batch; ++sample) {
            const auto of = sample * channels;
            const float *dz = sums.data_ptr<float>() + sample * 4 * channels, *dzx = dz + channels, *e = dzx + channels,
                        *ex = e + channels;
            const float *sum = moments.data_ptr<float>() + sample * 2 * channels, *squares = sum + channels;
            for (std::int64_t group = 0; group < groups; ++group) {
                const double centre = mean.data_ptr<float>()[sample * groups + group];
                const double inverse = deviation.data_ptr<float>()[sample * groups + group];
                double plain = 0.0, weighted = 0.0;
                for (std::int64_t c = group * width; c < (group + 1) * width; ++c) {
                    const double w = weight.data_ptr<float>()[c];
                    const double s = scale.numel() > 0 ? scale.data_ptr<float>()[of + c] : 1.0;
                    const double t = scale.numel() > 0 ? shift.data_ptr<float>()[of + c] : 0.0;
                    const double dzn = inverse * (s * dzx[c] + (t - centre) * dz[c]);
                    plain += w * dz[c];
                    weighted += w * dzn;
                    dWeight.data_ptr<float>()[c] += static_cast<float>(dzn);
                    dBias.data_ptr<float>()[c] += dz[c];
                }
                plain /= n * static_cast<double>(width);
                weighted /= n * static_cast<double>(width);
                for (std::int64_t c = group * width; c < (group + 1) * width; ++c) {
                    const double w = weight.data_ptr<float>()[c];
                    const double s = scale.numel() > 0 ? scale.data_ptr<float>()[of + c] : 1.0;
                    const double t = scale.numel() > 0 ? shift.data_ptr<float>()[of + c] : 0.0;
                    const double onDz = inverse * w, onX = -inverse * inverse * weighted * s,
                                 constant = -inverse * plain - inverse * inverse * weighted * (t - centre);
                    float* factors = p.data_ptr<float>() + of + c;
                    factors[0] = static_cast<float>(s * onDz);
                    factors[plane] = static_cast<float>(s * onX);
                    factors[2 * plane] = static_cast<float>(s * constant);
                    factors[3 * plane] = static_cast<float>(s);
                    dShift.data_ptr<float>()[of + c] =
                        static_cast<float>(onDz * dz[c] + onX * sum[c] + constant * n + e[c]);
                    dScale.data_ptr<float>()[of + c] =
                        static_cast<float>(onDz * dzx[c] + onX * squares[c] + constant * sum[c] + ex[c]);
                }
            }
        }

        const Tensor dx = torch::empty_like(x);
        forRows(x, [&](auto zero, std::int64_t row, std::int64_t rows) {
            const auto at = row * channels, of = row / length * channels;
            const float* factors = p.data_ptr<float>() + of;
            kernels::scaleSwishGradient(
                elements(x, zero) + at, elements(dy, zero) + at, extra.defined() ? elements(extra, zero) + at : nullptr,
                rows, channels, slope.data_ptr<float>() + of, offset.data_ptr<float>() + of, factors, factors + plane,
                factors + 2 * plane, factors + 3 * plane, elements(dx, zero) + at);
        });
        if (scale.numel() == 0) return {dx, Tensor(), Tensor(), dWeight, dBias, Tensor()};
        return {dx, dScale, dShift, dWeight, dBias, Tensor()};
    }
};

/// The same with torch's own operations.
Tensor composite(const Tensor& h, const Tensor& weight, const Tensor& bias, std::int64_t groups) {
    const auto wide = h.scalar_type() == torch::kDouble ? torch::kDouble : torch::kFloat;
    const auto batch = h.size(0), length = h.size(1), channels = h.size(2);
    const Tensor grouped = h.to(wide).reshape({batch, length, groups, channels / groups});
    const Tensor centred = grouped - grouped.mean({1, 3}, true);
    const Tensor variance = centred.square().mean({1, 3}, true);
    const Tensor normal = (centred * torch::rsqrt(variance + epsilon)).reshape({batch, length, channels});
    return torch::silu(normal * weight + bias).to(h.scalar_type());
}

} // namespace

std::int64_t normGroups(std::int64_t channels) {
    for (std::int64_t groups = std::min<std::int64_t>(32, channels / 8); groups > 1; --groups)
        if (channels % groups == 0) return groups;
    return 1;
}

std::pair<Tensor, Tensor> combineNormSwish(const Tensor& x, const Tensor& scale, const Tensor& shift,
                                           const Tensor& weight, const Tensor& bias, std::int64_t groups) {
    if (hasKernels(x)) {
        const auto made =
            GroupNormSwish::apply(x, scale.to(torch::kFloat).contiguous(), shift.to(torch::kFloat).contiguous(),
                                  weight.to(torch::kFloat), bias.to(torch::kFloat), groups);
        return {made[1], made[0]};
    }
    const Tensor h = (x * scale.unsqueeze(1) + shift.unsqueeze(1)).to(x.scalar_type());
    return {h, composite(h, weight, bias, groups)};
}

Tensor normSwish(const Tensor& x, const Tensor& weight, const Tensor& bias, std::int64_t groups) {
    if (hasKernels(x))
        return GroupNormSwish::apply(x, torch::empty({0}), torch::empty({0}), weight.to(torch::kFloat),
                                     bias.to(torch::kFloat), groups)[0];
    return composite(x, weight, bias, groups);
}

} // namespace n2m::network
