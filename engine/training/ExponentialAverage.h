#pragma once

#include <torch/types.h>

#include <vector>

namespace n2m::training {

/// The exponential moving average of a network's parameters, which inference uses (Noise2Music, §4: 0.9999). Its decay
/// is min(decay, (1 + n) / (10 + n)) after n updates, so that it soon forgets the initial weights.
class ExponentialAverage {
public:
    ExponentialAverage(std::vector<torch::Tensor> parameters, double decay);

    /// Counts one more step of the optimizer and returns its decay: AdamW moves the averages in its own pass.
    double nextDecay();

    /// The averages, in the order of the parameters; the tensors are the live ones.
    std::vector<torch::Tensor>& averages() { return m_averages; }

    /// Exchanges the parameters' values with the averages: call it before and after an evaluation.
    void swap();

    std::int64_t updates() const { return m_updates; }
    void setUpdates(std::int64_t updates) { m_updates = updates; }

private:
    std::vector<torch::Tensor> m_parameters, m_averages;
    double m_decay;
    std::int64_t m_updates = 0;
};

} // namespace n2m::training
