#include "engine/device/Peak.h"

#include "engine/device/Device.h"
#include "engine/device/TorchErrors.h"

#include <ATen/Parallel.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace n2m::device {

namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The best of as many runs as fit into `seconds`. Reading a value of the result makes the device finish it.
double bestOf(double seconds, double operations, const std::function<void()>& check,
              const std::function<torch::Tensor()>& work) {
    const double end = now() + seconds;
    double best = 0.0;
    work().flatten()[0].item<float>(); // fetches memory, compiles kernels
    do {
        if (check) check();
        const double begin = now();
        work().flatten()[0].item<float>();
        best = std::max(best, operations / (now() - begin));
    } while (now() < end);
    return best;
}

double peakOf(torch::Device device, torch::ScalarType type, double seconds, const std::function<void()>& check) {
    // On a GPU, launching and reading the result take as long as a small product.
    const std::int64_t size = device.is_cpu() ? 1536 : 8192;
    const auto options = torch::TensorOptions(device).dtype(type);
    const torch::Tensor a = torch::randn({size, size}, options), b = torch::randn({size, size}, options);
    const double products =
        bestOf(seconds / 2, 2.0 * static_cast<double>(size * size * size), check, [&] { return torch::matmul(a, b); });

    // The layout is that of network::Convolution: height 1, channels last.
    const std::int64_t channels = device.is_cpu() ? 512 : 1024, kernel = 3;
    const std::int64_t length = device.is_cpu() ? 4096 : 65536;
    const torch::Tensor x = torch::randn({1, length, channels}, options).transpose(1, 2).unsqueeze(2);
    const torch::Tensor weight = torch::randn({channels, kernel, channels}, options).permute({0, 2, 1}).unsqueeze(2);
    const double convolutions =
        bestOf(seconds / 2, 2.0 * static_cast<double>(length * channels * channels * kernel), check, [&] {
            return torch::conv2d(x, weight, torch::Tensor(), at::IntArrayRef({1, 1}), at::IntArrayRef({0, kernel / 2}));
        });
    return std::max(products, convolutions);
}

} // namespace

Peak measurePeak(const std::string& device, int threads, double seconds, const std::function<void()>& check) {
    return device::explainingErrors([&] {
        const torch::Device where = device::deviceOf(device);
        const torch::NoGradGuard noGradients;
        Peak peak;
        peak.threads = threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
        at::set_num_threads(peak.threads); // of the thread that calls
        const torch::ScalarType type = device::fastestComputeType(where);
        const bool single = type == torch::kFloat;
        peak.float32Flops = peakOf(where, torch::kFloat, single ? seconds : seconds / 2, check);
        peak.flops = single ? peak.float32Flops : peakOf(where, type, seconds / 2, check);
        peak.computeType = single ? "float32" : type == torch::kHalf ? "float16" : "bfloat16";
        return peak;
    });
}

} // namespace n2m::device
