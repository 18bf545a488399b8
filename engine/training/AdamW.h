#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace n2m::training {

class ExponentialAverage;

/// AdamW (Loshchilov & Hutter, 2019, algorithm 2) with clipping of the gradient's norm. On the CPU one pass over memory
/// updates moments, parameters and their moving average, where torch's own optimizer makes many: a profile of training
/// a network of 20M parameters had 32% of the time in torch's own loops. Parameters are fp32; one thread drives it.
class AdamW {
public:
    struct Options {
        double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01;
    };

    /// Works on the live tensors of `parameters` and `average`, which belong to the same network and outlive it.
    AdamW(std::vector<torch::Tensor> parameters, ExponentialAverage& average, Options options);

    /// Makes one step along `gradients`, in the order and shapes of the parameters (undefined: that parameter stays).
    /// Their norm over all parameters is first limited to `limit` (0 = no limit). Returns the norm before that; where
    /// it is not finite nothing changes, because one bad batch must not ruin the weights.
    double step(const std::vector<torch::Tensor>& gradients, double rate, double limit);

    /// The running means of the gradients and of their squares, live, in the order of the parameters.
    std::vector<torch::Tensor>& firstMoments() { return m_first; }
    std::vector<torch::Tensor>& secondMoments() { return m_second; }
    std::int64_t steps() const { return m_steps; }
    void setSteps(std::int64_t steps) { m_steps = steps; }

private:
    std::vector<torch::Tensor> m_parameters, m_first, m_second;
    ExponentialAverage& m_average;
    Options m_options;
    std::int64_t m_steps = 0;
};

} // namespace n2m::training
