#include "engine/network/FusedNorm.h"
#include "engine/network/NormKernels.h"
#include "engine/network/RowLoops.h"

#include <torch/autograd.h>

namespace n2m::network {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class AddResidual : public torch::autograd::Function<AddResidual> {
public:
    static Tensor forward(AutogradContext*, const Tensor& x, const Tensor& delta, const Tensor& bias) {
        const Tensor from = x.contiguous(), more = delta.contiguous(), total = torch::empty_like(from);
        forRows(from, [&](auto zero, std::int64_t row, std::int64_t rows) {
            const auto channels = from.size(2), at = row * channels;
            kernels::addResidual(elements(from, zero) + at, elements(more, zero) + at, bias.data_ptr<float>(), rows,
                                 channels, elements(total, zero) + at);
        });
        return total;
    }

    static variable_list backward(AutogradContext*, const variable_list& gradients) {
        const Tensor gradient = gradients[0].contiguous();
        const Tensor sums = sumOverTime(gradient, 2, [&](auto zero, std::int64_t row, std::int64_t rows, float* to) {
            const auto channels = gradient.size(2); // the squares cost nothing extra: memory is the bottleneck
            kernels::addMoments(elements(gradient, zero) + row * channels, rows, channels, to, to + channels);
        });
        return {gradient, gradient, sums.select(1, 0).sum(0)};
    }
};

class ResidualNorm : public torch::autograd::Function<ResidualNorm> {
public:
    static variable_list forward(AutogradContext* context, const Tensor& x, const Tensor& delta, const Tensor& bias,
                                 const Tensor& weight, const Tensor& offset) {
        const Tensor from = x.contiguous(), more = delta.contiguous();
        const Tensor total = torch::empty_like(from), y = torch::empty_like(from);
        const Tensor mean = torch::empty({from.size(0) * from.size(1)}), deviation = torch::empty_like(mean);
        forRows(from, [&](auto zero, std::int64_t row, std::int64_t rows) {
            const auto channels = from.size(2), at = row * channels;
            kernels::residualNorm(elements(from, zero) + at, elements(more, zero) + at, bias.data_ptr<float>(), rows,
                                  channels, weight.data_ptr<float>(), offset.data_ptr<float>(),
                                  elements(total, zero) + at, elements(y, zero) + at, mean.data_ptr<float>() + row,
                                  deviation.data_ptr<float>() + row);
        });
        context->save_for_backward({total, weight, mean, deviation});
        return {total, y};
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &total = saved[0], &weight = saved[1], &mean = saved[2], &deviation = saved[3];
        const Tensor extra = gradients[0].defined() ? gradients[0].contiguous() : Tensor();
        const Tensor dy = gradients[1].defined() ? gradients[1].contiguous() : torch::zeros_like(total);
        const Tensor dx = torch::empty_like(total);
        const Tensor sums =
            sumOverTime(total, 3, [&](auto zero, std::int64_t row, std::int64_t rows, float* to) {
                const auto channels = total.size(2), at = row * channels;
                kernels::residualNormGradient(elements(total, zero) + at, elements(dy, zero) + at,
                                              extra.defined() ? elements(extra, zero) + at : nullptr, rows, channels,
                                              weight.data_ptr<float>(), mean.data_ptr<float>() + row,
                                              deviation.data_ptr<float>() + row, elements(dx, zero) + at, to);
            }).sum(0);
        return {dx, dx, sums[2], sums[0], sums[1]};
    }
};

class BiasSwish : public torch::autograd::Function<BiasSwish> {
public:
    static Tensor forward(AutogradContext* context, const Tensor& input, const Tensor& bias) {
        const Tensor x = input.contiguous(), y = torch::empty_like(x);
        forRows(x, [&](auto zero, std::int64_t row, std::int64_t rows) {
            const auto channels = x.size(2), at = row * channels;
            kernels::biasSwish(elements(x, zero) + at, rows, channels, bias.data_ptr<float>(), elements(y, zero) + at);
        });
        context->save_for_backward({x, bias});
        return y;
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &x = saved[0], &bias = saved[1];
        const Tensor dy = gradients[0].contiguous(), dx = torch::empty_like(x);
        const Tensor sums = sumOverTime(x, 1, [&](auto zero, std::int64_t row, std::int64_t rows, float* to) {
            const auto channels = x.size(2), at = row * channels;
            kernels::biasSwishGradient(elements(x, zero) + at, elements(dy, zero) + at, rows, channels,
                                       bias.data_ptr<float>(), elements(dx, zero) + at, to);
        });
        return {dx, sums.select(1, 0).sum(0)};
    }
};

Tensor biasOf(const Residual& residual) {
    return residual.bias.defined() ? residual.bias.to(torch::kFloat)
                                   : torch::zeros({residual.x.size(2)}, residual.x.options().dtype(torch::kFloat));
}

} // namespace

Tensor settle(const Residual& residual) {
    if (hasKernels(residual.x)) return AddResidual::apply(residual.x, residual.delta, biasOf(residual));
    const Tensor sum = residual.x + residual.delta;
    return residual.bias.defined() ? sum + residual.bias.to(sum.scalar_type()) : sum;
}

std::pair<Tensor, Tensor> residualNorm(const Residual& residual, const Tensor& weight, const Tensor& offset) {
    if (hasKernels(residual.x)) {
        const auto made = ResidualNorm::apply(residual.x, residual.delta, biasOf(residual), weight.to(torch::kFloat),
                                              offset.to(torch::kFloat));
        return {made[0], made[1]};
    }
    const Tensor total = settle(residual);
    const auto type = total.scalar_type(), wide = type == torch::kDouble ? torch::kDouble : torch::kFloat;
    return {total, torch::layer_norm(total.to(wide), {total.size(2)}, weight.to(wide), offset.to(wide), 1e-5).to(type)};
}

Tensor biasSwish(const Tensor& x, const Tensor& bias) {
    if (hasKernels(x)) return BiasSwish::apply(x, bias.to(torch::kFloat));
    return torch::silu(x + bias.to(x.scalar_type()));
}

} // namespace n2m::network
