#include "engine/evaluation/AttributeClassifier.h"

#include "engine/base/Error.h"

#include <torch/nn/modules/container/modulelist.h>
#include <torch/utils.h>

#include <algorithm>
#include <array>

namespace n2m::evaluation {

using torch::Tensor;
namespace nn = torch::nn;

namespace {

constexpr std::array<std::int64_t, 5> channels{3, 24, 48, 72, 96};
constexpr std::int64_t bandCount = 80, bandsLeft = bandCount / 16;
constexpr std::int64_t riseFrames = 2;
constexpr double riseScale = 4.0; // to about the size of the other channels
constexpr double dropout = 0.4;
constexpr std::int64_t shortest = 2 * 16; // steps

/// Cuts a picture into windows: [windows, 3, bands, window], the last one aligned with the clip's end.
Tensor windowsOf(const Tensor& picture) {
    const std::int64_t steps = picture.size(2), window = AttributeClassifier::window;
    if (steps <= window) return picture.unsqueeze(0).to(torch::kFloat);
    std::vector<Tensor> windows;
    std::int64_t from = 0;
    for (; from + window <= steps; from += window)
        windows.push_back(picture.narrow(2, from, window));
    if (steps - from >= window / 2) windows.push_back(picture.narrow(2, steps - window, window));
    return torch::stack(windows).to(torch::kFloat);
}

} // namespace

std::string HeardAttributes::best(const std::string& head) const {
    const auto found = logProbabilities.find(head);
    if (found == logProbabilities.end()) return {};
    return std::max_element(found->second.begin(), found->second.end(),
                            [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

AttributeClassifier::AttributeClassifier(std::vector<Head> heads)
    : m_heads(std::move(heads)) {
    m_convolutions = register_module("convolutions", nn::ModuleList());
    m_norms = register_module("norms", nn::ModuleList());
    for (std::size_t layer = 0; layer + 1 < channels.size(); ++layer) {
        m_convolutions->push_back(
            nn::Conv2d(nn::Conv2dOptions(channels[layer], channels[layer + 1], 3).padding(1).bias(false)));
        m_norms->push_back(nn::BatchNorm2d(channels[layer + 1]));
    }
    m_bands = register_module(
        "bands", nn::Conv1d(nn::Conv1dOptions(channels.back() * bandsLeft, featureCount / 2, 1).bias(false)));
    m_bandNorm = register_module("band_norm", nn::BatchNorm1d(featureCount / 2));
    m_answers = register_module("answers", nn::ModuleList());
    for (const Head& head : m_heads)
        m_answers->push_back(nn::Linear(featureCount, static_cast<std::int64_t>(head.labels.size())));
}

Tensor AttributeClassifier::picture(const Spectrogram& spectrogram) {
    const auto frames = static_cast<std::int64_t>(spectrogram.frames());
    const std::int64_t steps = frames / framesPerStep;
    if (spectrogram.bands != bandCount || steps < shortest)
        throw base::InvalidInput("the attribute classifier hears clips of 80 bands and at least 2.6 seconds");
    const Tensor all = torch::from_blob(const_cast<float*>(spectrogram.values.data()), {bandCount, frames});
    const Tensor mel = all.narrow(1, 0, steps * framesPerStep);
    const Tensor rise = torch::zeros_like(mel);
    rise.narrow(1, riseFrames, mel.size(1) - riseFrames)
        .copy_((mel.narrow(1, riseFrames, mel.size(1) - riseFrames) - mel.narrow(1, 0, mel.size(1) - riseFrames))
                   .clamp_min(0.0));
    const auto perStep = [&](const Tensor& x) { return x.reshape({bandCount, steps, framesPerStep}); };
    return torch::stack({perStep(mel).mean(2), perStep(mel).amax(2), perStep(rise).mean(2) * riseScale})
        .to(torch::kHalf);
}

Tensor AttributeClassifier::features(Tensor pictures) {
    Tensor x = pictures.contiguous(torch::MemoryFormat::ChannelsLast);
    for (std::size_t layer = 0; layer < m_convolutions->size(); ++layer) {
        x = m_convolutions->ptr<nn::Conv2dImpl>(layer)->forward(x);
        x = torch::max_pool2d(torch::relu(m_norms->ptr<nn::BatchNorm2dImpl>(layer)->forward(x)), 2);
    }
    x = torch::relu(m_bandNorm(m_bands(x.flatten(1, 2)))); // [batch, featureCount / 2, time]
    return torch::cat({x.mean(2), x.amax(2)}, 1);
}

std::vector<Tensor> AttributeClassifier::answers(const Tensor& features) {
    const Tensor kept = torch::dropout(features, dropout, is_training());
    std::vector<Tensor> result;
    for (std::size_t head = 0; head < m_heads.size(); ++head)
        result.push_back(m_answers->ptr<nn::LinearImpl>(head)->forward(kept));
    return result;
}

HeardAttributes AttributeClassifier::hear(const Spectrogram& spectrogram) {
    const torch::NoGradGuard noGradients;
    eval();
    HeardAttributes heard;
    heard.features = features(windowsOf(picture(spectrogram)));
    const auto all = answers(heard.features);
    for (std::size_t head = 0; head < m_heads.size(); ++head) {
        const Tensor mean = torch::log_softmax(torch::log_softmax(all[head], 1).mean(0), 0);
        for (std::size_t label = 0; label < m_heads[head].labels.size(); ++label)
            heard.logProbabilities[m_heads[head].name][m_heads[head].labels[label]] =
                mean[static_cast<std::int64_t>(label)].item<double>();
    }
    return heard;
}

} // namespace n2m::evaluation
