#include "engine/embedding/AudioTower.h"

#include "engine/base/Error.h"

#include <torch/fft.h>
#include <torch/nn/functional/normalization.h>
#include <torch/nn/modules/batchnorm.h>
#include <torch/nn/modules/conv.h>
#include <torch/utils.h>

namespace n2m::embedding {

using torch::Tensor;
namespace nn = torch::nn;

namespace {

constexpr std::int64_t framesPerStep = 8, riseFrames = 2, ranges = 4, lags = AudioTower::rhythmSize / ranges;
constexpr std::int64_t bandsLeft = AudioTower::bands / 16; // after four halvings
constexpr double riseScale = 4.0;                          // to about the size of the other channels
constexpr std::int64_t transform = 2048;                   // of up to 1,000 frames, so that nothing wraps around

// The autocorrelation of the onsets: how alike the sound is to itself, some time later, in its attacks.
Tensor rhythmOf(const Tensor& rise) {
    const std::int64_t windows = rise.size(0), frames = rise.size(2);
    Tensor onsets = rise.view({windows, ranges, AudioTower::bands / ranges, frames}).mean(2);
    onsets = onsets - onsets.mean(-1, true);
    const Tensor spectrum = torch::fft::rfft(onsets, transform);
    const Tensor all = torch::fft::irfft((spectrum * spectrum.conj()), transform);
    const Tensor loudest = all.narrow(-1, 0, 1).clamp_min(1e-4);
    return (all.narrow(-1, 1, lags) / loudest).reshape({windows, AudioTower::rhythmSize});
}

} // namespace

AudioTower::AudioTower(const EmbeddingConfig& config) {
    m_convolutions = register_module("convolutions", nn::ModuleList());
    m_norms = register_module("norms", nn::ModuleList());
    std::int64_t before = 3;
    for (const int width : config.channels) {
        m_convolutions->push_back(nn::Conv2d(nn::Conv2dOptions(before, width, 3).padding(1).bias(false)));
        m_norms->push_back(nn::BatchNorm2d(width));
        before = width;
    }
    m_bands = register_module("bands", nn::Linear(before * bandsLeft, config.bandWidth));
    m_rhythm = register_module("rhythm", nn::Linear(rhythmSize, config.rhythmWidth));
    m_hidden = register_module("hidden", nn::Linear(2 * config.bandWidth + config.rhythmWidth, config.audioHidden));
    m_exit = register_module("exit", nn::Linear(config.audioHidden, config.dimensions));
}

void AudioTower::hearAs(const std::map<std::string, Tensor>& detectors) {
    const torch::NoGradGuard noGradients;
    const auto take = [&](const std::string& name, Tensor& into) {
        const auto found = detectors.find("classifier." + name);
        if (found == detectors.end() || found->second.sizes() != into.sizes())
            throw base::Failure("the detectors have no \"{}\" of the shape that the audio tower needs", name);
        into.copy_(found->second);
    };
    for (auto& parameter : named_parameters()) {
        const std::string& name = parameter.key();
        if (!name.starts_with("convolutions.") && !name.starts_with("norms.")) continue;
        take(name, parameter.value());
        parameter.value().set_requires_grad(false);
    }
    for (auto& buffer : named_buffers())
        take(buffer.key(), buffer.value());
    m_hearingIsFixed = true;
    train(is_training());
}

void AudioTower::train(bool on) {
    Module::train(on);
    if (m_hearingIsFixed) m_norms->eval();
}

SoundBatch AudioTower::batchOf(const Tensor& logMel) {
    const std::int64_t windows = logMel.size(0), steps = logMel.size(2) / framesPerStep;
    const Tensor mel = logMel.narrow(2, 0, steps * framesPerStep);
    Tensor rise = torch::zeros_like(mel);
    const std::int64_t later = mel.size(2) - riseFrames;
    rise.narrow(2, riseFrames, later)
        .copy_((mel.narrow(2, riseFrames, later) - mel.narrow(2, 0, later)).clamp_min(0.0));
    const auto perStep = [&](const Tensor& x) { return x.reshape({windows, bands, steps, framesPerStep}); };
    SoundBatch batch;
    batch.pictures = torch::stack({perStep(mel).mean(3), perStep(mel).amax(3), perStep(rise).mean(3) * riseScale}, 1);
    batch.rhythm = rhythmOf(rise);
    return batch;
}

Tensor AudioTower::forward(const SoundBatch& batch) {
    Tensor x = batch.pictures.contiguous(torch::MemoryFormat::ChannelsLast);
    for (std::size_t layer = 0; layer < m_convolutions->size(); ++layer) {
        x = m_convolutions->ptr<nn::Conv2dImpl>(layer)->forward(x);
        x = torch::max_pool2d(torch::relu(m_norms->ptr<nn::BatchNorm2dImpl>(layer)->forward(x)), 2);
    }
    // [windows, channels, bands, time] → [windows, time, channels · bands]
    x = torch::relu(m_bands(x.permute({0, 3, 1, 2}).flatten(2)));
    const Tensor rhythm = torch::relu(m_rhythm(batch.rhythm));
    x = torch::dropout(torch::cat({x.mean(1), x.amax(1), rhythm}, 1), m_dropout, is_training());
    return nn::functional::normalize(m_exit(torch::relu(m_hidden(x))), nn::functional::NormalizeFuncOptions().dim(1));
}

} // namespace n2m::embedding
