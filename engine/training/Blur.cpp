#include "engine/training/Blur.h"

#include <torch/nn/functional/padding.h>

namespace n2m::training {

namespace {

namespace functional = torch::nn::functional;

torch::Tensor gaussian(int size, double deviation) {
    const torch::Tensor distance = torch::arange(size, torch::kFloat) - 0.5 * (size - 1);
    const torch::Tensor weights = torch::exp(-0.5 * (distance / deviation).square());
    return weights / weights.sum();
}

// The edge values go on outside, so that nothing darkens towards the edges.
torch::Tensor extend(const torch::Tensor& tensor, std::vector<std::int64_t> amounts) {
    return functional::pad(tensor, functional::PadFuncOptions(std::move(amounts)).mode(torch::kReplicate));
}

} // namespace

torch::Tensor blurAudio(const torch::Tensor& audio, double deviation) {
    constexpr int size = 10;
    const torch::Tensor padded = extend(audio.unsqueeze(0), {size / 2, size / 2 - 1});
    return torch::conv1d(padded, gaussian(size, deviation).view({1, 1, size})).squeeze(0);
}

torch::Tensor blurSpectrogram(const torch::Tensor& spectrogram, double deviation) {
    constexpr int size = 5;
    const torch::Tensor weights = gaussian(size, deviation);
    const torch::Tensor kernel = torch::outer(weights, weights).view({1, 1, size, size});
    const torch::Tensor padded =
        extend(spectrogram.unsqueeze(0).unsqueeze(0), {size / 2, size / 2, size / 2, size / 2});
    return torch::conv2d(padded, kernel).squeeze(0).squeeze(0);
}

} // namespace n2m::training
