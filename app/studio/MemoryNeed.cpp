#include "app/studio/MemoryNeed.h"

#include "engine/base/Error.h"

#include <fstream>
#include <limits>
#include <string>
#include <system_error>

#include <unistd.h>

namespace n2m::studio {
namespace {

// Measured with the bundled cascade (79 MB of weights) by `/usr/bin/time -v noise2music generate … --seconds N`, the
// peak of the resident memory: 469 MiB at 10 s, 549 at 30, 966 at 120 where the processor computes in bf16; in fp32,
// 533 at 30 s and 1014 at 120.
constexpr double program = 340e6;        // LibTorch, OpenBLAS, Qt
constexpr double perByteOfWeights = 1.5; // weights are read, then converted
constexpr double perSecond = 5e6;        // of sound

double bytesOfWeights(const std::filesystem::path& bundle) {
    double bytes = 0.0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator at(bundle, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".safetensors") bytes += static_cast<double>(at->file_size(error));
    return bytes;
}

constexpr std::uint64_t megabyte = 1'000'000;

} // namespace

Memory memoryNow() {
    Memory memory{0, 0};
    std::ifstream info("/proc/meminfo");
    for (std::string name, unit; info >> name;) {
        std::uint64_t kibibytes = 0;
        if (!(info >> kibibytes)) break;
        if (name == "MemAvailable:" || name == "SwapFree:") memory.available += kibibytes * 1024;
        std::getline(info, unit);
    }
    if (memory.available == 0) memory.available = std::numeric_limits<std::uint64_t>::max() / 2;
    std::uint64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages; // the second is the resident memory
    memory.own = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return memory;
}

std::uint64_t memoryForClip(double seconds, const std::filesystem::path& bundle) {
    return static_cast<std::uint64_t>(program + perByteOfWeights * bytesOfWeights(bundle) + perSecond * seconds);
}

void requireMemory(double seconds, const std::filesystem::path& bundle, const Memory& memory) {
    const std::uint64_t needed = memoryForClip(seconds, bundle);
    if (memory.own + memory.available >= needed) return;
    throw base::Failure("this clip takes about {} MB of memory, and only {} MB are left; close other programs, or make "
                        "a shorter clip",
                        needed / megabyte, (memory.own + memory.available) / megabyte);
}

} // namespace n2m::studio
