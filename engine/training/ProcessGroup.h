#pragma once

#include <torch/types.h>

#include <memory>
#include <vector>

namespace n2m::training {

/// Processes on one machine that train together: each computes gradients on its own batches, all apply the average.
/// Built on c10d with Gloo where the build has it; a group of one process never needs it.
class ProcessGroup {
public:
    /// Forks `count` − 1 further processes, which return from this call as well, each with a rank of its own. Must be
    /// called before torch has started any thread. Throws base::Failure if count > 1 and Gloo is not built in.
    explicit ProcessGroup(int count);
    /// In rank 0, waits for the others.
    ~ProcessGroup();
    ProcessGroup(const ProcessGroup&) = delete;
    ProcessGroup& operator=(const ProcessGroup&) = delete;

    int rank() const { return m_rank; }
    int count() const { return m_count; }

    /// Replaces each defined tensor (fp32, CPU; the same ones in all processes) by its mean over the processes, in one
    /// message. The results share memory that the next call overwrites.
    void average(std::vector<torch::Tensor>& tensors);

    /// True in all processes as soon as it is true in one.
    bool any(bool value);

private:
    struct Gloo;
    int m_rank = 0;
    int m_count = 1;
    std::vector<int> m_children;
    std::unique_ptr<Gloo> m_gloo;
    torch::Tensor m_message; ///< kept, as a new one of that size costs a page fault per 4 kB
};

} // namespace n2m::training
