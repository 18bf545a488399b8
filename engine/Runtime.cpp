#include "engine/Runtime.h"

#include <malloc.h>

namespace n2m {

void tuneAllocator() {
#ifdef M_MMAP_THRESHOLD
    constexpr int gigabyte = 1 << 30;
    mallopt(M_MMAP_THRESHOLD, gigabyte);
    mallopt(M_TRIM_THRESHOLD, gigabyte);
#endif
}

} // namespace n2m
