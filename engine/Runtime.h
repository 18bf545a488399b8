#pragma once

namespace n2m {

/// Keeps malloc from giving memory back to the system between tensors and fetching it again, page by page: measured at
/// 16.9 → 20.0 clips/s in training. Call once, before the work starts; from any thread.
void tuneAllocator();

} // namespace n2m
