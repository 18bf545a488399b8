#include "engine/device/Runtime.h"

#include <ATen/Parallel.h>

#include <dlfcn.h>
#include <malloc.h>

namespace n2m::device {

void tuneAllocator() {
#ifdef M_MMAP_THRESHOLD
    constexpr int gigabyte = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, gigabyte);
    mallopt(M_TRIM_THRESHOLD, gigabyte);
#endif
}

void limitBlasThreads() {
    if (void* found = dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<void (*)(int)>(found)(at::get_num_threads());
}

} // namespace n2m::device
