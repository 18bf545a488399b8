#pragma once

#include <torch/types.h>

#include <unordered_map>

namespace n2m::network {

/// Keeps what a U-Net computes from the conditioning alone between the steps of a sampler: keys and values of
/// cross-attention, pooled text, the projected aligned input. Belongs to one network with unchanged weights and one set
/// of conditioning tensors: make a new one for the next clip. One thread.
class ConditioningCache {
public:
    /// The tensor kept for `owner` (any address that identifies it), made by `make()` the first time.
    template <class Make> torch::Tensor get(const void* owner, Make make) {
        const auto found = m_kept.find(owner);
        if (found != m_kept.end()) return found->second;
        return m_kept.emplace(owner, make()).first->second;
    }
    bool empty() const { return m_kept.empty(); }

private:
    std::unordered_map<const void*, torch::Tensor> m_kept;
};

/// cache->get(owner, make), or make() where there is no cache.
template <class Make> torch::Tensor cached(ConditioningCache* cache, const void* owner, Make make) {
    return cache ? cache->get(owner, make) : make();
}

} // namespace n2m::network
