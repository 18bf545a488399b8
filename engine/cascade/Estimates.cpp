#include "engine/cascade/Estimates.h"

#include <algorithm>
#include <cmath>

namespace n2m::cascade {

using torch::Tensor;

namespace {

std::int64_t lengthOf(double seconds, double rate, std::int64_t most) {
    return std::min(most, static_cast<std::int64_t>(std::ceil(seconds * rate)));
}

std::vector<float> toVector(const Tensor& tensor) {
    const Tensor values = tensor.contiguous();
    return {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()};
}

} // namespace

EstimateMaker estimateOf(const Tensor& x0, const model::StageConfig& config, double seconds) {
    if (!x0.defined() || config.spectrumRate > 0) return {};
    return [&x0, &config, seconds] {
        return resultOf(x0[0].to(torch::kCPU).mul(config.diffusion.dataDeviation).clamp_(-1.0, 1.0), config, seconds);
    };
}

Estimate resultOf(const Tensor& made, const model::StageConfig& config, double seconds) {
    const std::int64_t length = lengthOf(seconds, config.sampleRate, made.size(1));
    std::vector<float> values = toVector(made.narrow(1, 0, length));
    Estimate result;
    result.seconds = seconds;
    if (config.kind == model::StageKind::SpectrogramGenerator) {
        result.bands = static_cast<int>(made.size(0));
        result.spectrogram = std::move(values);
    } else {
        result.sampleRate = config.sampleRate;
        result.sound = std::move(values);
    }
    return result;
}

Estimate resultOf(std::span<const float> sound, int sampleRate, double seconds) {
    Estimate result;
    result.seconds = seconds;
    result.sampleRate = sampleRate;
    const auto most = static_cast<std::int64_t>(sound.size());
    result.sound.assign(sound.begin(), sound.begin() + lengthOf(seconds, sampleRate, most));
    return result;
}

} // namespace n2m::cascade
