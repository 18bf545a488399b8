#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace n2m::audio {

/// Allocates at the beginning of a line of the cache, so that a vector register is loaded from one line only.
template <typename T> struct LineAllocator {
    using value_type = T;
    static constexpr std::align_val_t line{64};

    LineAllocator() = default;
    template <typename U> LineAllocator(const LineAllocator<U>&) {}
    T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), line)); }
    void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }
    bool operator==(const LineAllocator&) const = default;
};

/// Rows of floats, one float in each lane (LaneKernels.h).
using LaneVector = std::vector<float, LineAllocator<float>>;

} // namespace n2m::audio
