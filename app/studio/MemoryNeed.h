#pragma once

#include <cstdint>
#include <filesystem>

namespace n2m::studio {

/// Bytes of memory.
struct Memory {
    std::uint64_t available = 0; ///< left for programs, free swap included
    std::uint64_t own = 0;       ///< used by this program
};
/// Reads /proc; without it, the memory counts as endless. Any thread.
Memory memoryNow();

/// Estimates the bytes that the program uses at its peak while it makes a clip on the processor.
std::uint64_t memoryForClip(double seconds, const std::filesystem::path& bundle);

/// Throws base::Failure, one line with both numbers, if a clip would not fit: otherwise the kernel would end the
/// program after a minute.
void requireMemory(double seconds, const std::filesystem::path& bundle, const Memory& memory = memoryNow());

} // namespace n2m::studio
