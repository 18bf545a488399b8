#pragma once

#include <cstdint>
#include <filesystem>

namespace n2m::studio {

/// Bytes of memory.
struct Memory {
    std::uint64_t available = 0; ///< that programs can still have, what can be swapped out included
    std::uint64_t own = 0;       ///< what this program has already
};
/// As Linux tells it; where it does not, there is no end of it. Any thread.
Memory memoryNow();

/// About how many bytes the program has at its peak while it makes a clip on the processor.
std::uint64_t memoryForClip(double seconds, const std::filesystem::path& bundle);

/// Throws std::runtime_error, one line with both numbers, where a clip would not fit: better told now than after a
/// minute, and by the kernel, who would end the program.
void requireMemory(double seconds, const std::filesystem::path& bundle, const Memory& memory = memoryNow());

} // namespace n2m::studio
