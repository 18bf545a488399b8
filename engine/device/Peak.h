#pragma once

#include <functional>
#include <string>

namespace n2m::device {

/// The measured peak speed of a device, with which the speed of a network is compared.
struct Peak {
    std::string computeType;   ///< of the networks on this device: "float32", "bfloat16"
    double flops = 0.0;        ///< floating-point operations per second in that type; a multiply-add is two
    double float32Flops = 0.0; ///< the same in float32
    int threads = 0;           ///< on the CPU
};

/// Runs large matrix products and convolutions of the shapes that networks have, for about `seconds` in all, and keeps
/// the best of each type. `device` is "cpu" or "cuda", `threads` 0 = one per core. `check` is called every so often and
/// may throw. Throws base::InvalidInput for a device that this machine does not have. Hides torch.
Peak measurePeak(const std::string& device, int threads = 0, double seconds = 4.0,
                 const std::function<void()>& check = {});

} // namespace n2m::device
