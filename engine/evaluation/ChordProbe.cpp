#include "engine/evaluation/ChordProbe.h"

#include "engine/base/Error.h"

#include <torch/nn/functional/loss.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace n2m::evaluation {

using torch::Tensor;
namespace F = torch::nn::functional;

namespace {

constexpr std::int64_t pitchClasses = 12;
constexpr double windowSeconds = 1.0; // a chord lasts longer; less leaves more of the melody in (measured)

// Repeats the first and last value of the last dimension; x is [rows, length].
Tensor extended(const Tensor& x, std::int64_t by) {
    return torch::cat(
        {x.narrow(1, 0, 1).expand({x.size(0), by}), x, x.narrow(1, x.size(1) - 1, 1).expand({x.size(0), by})}, 1);
}

/// The features of each step, [steps, 3·bands + 1]: the bands under a Hann window of a second, their rise above the
/// neighbourhood of three and of seven bands (partials rise, noise does not), and 1.
Tensor featuresOf(const Spectrogram& spectrogram) {
    const auto bands = static_cast<std::int64_t>(spectrogram.bands);
    const auto frames = static_cast<std::int64_t>(spectrogram.frames());
    const auto hop = static_cast<std::int64_t>(std::lround(spectrogram.frameRate / ChordProbe::rate));
    const auto window = static_cast<std::int64_t>(std::lround(windowSeconds * spectrogram.frameRate));
    if (frames < hop) return torch::zeros({0, 3 * bands + 1});
    const Tensor mel = torch::from_blob(const_cast<float*>(spectrogram.values.data()), {bands, frames});
    const Tensor hann = torch::hann_window(window, /*periodic=*/false);
    const Tensor smooth =
        torch::conv1d(extended(mel, (window - hop) / 2).unsqueeze(1), (hann / hann.sum()).view({1, 1, -1}), {}, hop)
            .squeeze(1)
            .t()
            .contiguous(); // [steps, bands]
    std::vector<Tensor> parts{smooth};
    for (const std::int64_t reach : {1, 3}) {
        const Tensor around = torch::avg_pool1d(extended(smooth, reach).unsqueeze(1), 2 * reach + 1, 1).squeeze(1);
        parts.push_back((smooth - around).clamp_min(0.0));
    }
    parts.push_back(torch::ones({smooth.size(0), 1}));
    return torch::cat(parts, 1);
}

/// The chord's pitch classes at each step, and the steps that have a chord.
struct Chords {
    Tensor tones; ///< [sounding steps, 12]
    Tensor steps; ///< int64, their numbers

    Chords(const plan::Plan& plan, std::int64_t count) {
        std::vector<float> values;
        std::vector<std::int64_t> numbers;
        std::size_t span = 0;
        for (std::int64_t step = 0; step < count; ++step) {
            const double time = (static_cast<double>(step) + 0.5) / ChordProbe::rate;
            while (span < plan.chords.size() && plan.chords[span].end <= time)
                ++span;
            if (span == plan.chords.size()) break;
            const auto& chord = plan.chords[span];
            if (chord.start > time || chord.chord.tones == 0) continue;
            numbers.push_back(step);
            for (int pitch = 0; pitch < pitchClasses; ++pitch)
                values.push_back((chord.chord.tones >> pitch) & 1 ? 1.0f : 0.0f);
        }
        tones = torch::tensor(values).view({-1, pitchClasses});
        steps = torch::tensor(numbers, torch::kLong);
    }
};

} // namespace

void ChordProbe::Fit::add(const Spectrogram& spectrogram, const plan::Plan& plan) {
    const Tensor all = featuresOf(spectrogram);
    const Chords chords(plan, all.size(0));
    if (chords.steps.numel() == 0) return;
    const Tensor features = all.index_select(0, chords.steps).to(torch::kDouble);
    const Tensor products = features.t().matmul(features),
                 targets = features.t().matmul(chords.tones.to(torch::kDouble));
    m_products = m_products.defined() ? m_products + products : products;
    m_targets = m_targets.defined() ? m_targets + targets : targets;
    m_steps += features.size(0);
}

ChordProbe ChordProbe::Fit::finish(double ridge) const {
    if (m_steps == 0) throw base::InvalidInput("the chord probe needs clips whose plans have chords");
    const std::int64_t size = m_products.size(0);
    const double strength = ridge * m_products.trace().item<double>() / static_cast<double>(size);
    const Tensor regular = m_products + strength * torch::eye(size, torch::kDouble);
    return ChordProbe(torch::linalg_solve(regular, m_targets).to(torch::kFloat));
}

ChordProbe::ChordProbe(Tensor weights)
    : m_weights(std::move(weights)) {
    if (m_weights.dim() != 2 || m_weights.size(1) != pitchClasses || m_weights.size(0) % 3 != 1)
        throw base::InvalidInput("the weights of a chord probe are [3 bands + 1, 12]");
}

Tensor ChordProbe::hear(const Spectrogram& spectrogram) const {
    const Tensor features = featuresOf(spectrogram);
    if (features.size(1) != m_weights.size(0))
        throw base::InvalidInput("this chord probe was fitted on spectrograms with another number of bands");
    return features.matmul(m_weights);
}

std::optional<double> ChordProbe::agreement(const Spectrogram& spectrogram, const plan::Plan& plan) const {
    const Tensor heard = hear(spectrogram);
    const Chords chords(plan, heard.size(0));
    if (chords.steps.numel() == 0) return std::nullopt;
    Tensor x = heard.index_select(0, chords.steps).to(torch::kDouble), y = chords.tones.to(torch::kDouble);
    x = x - x.mean();
    y = y - y.mean();
    const double power = (x.square().sum() * y.square().sum()).item<double>();
    if (!(power > 0.0)) return 0.0;
    return (x * y).sum().item<double>() / std::sqrt(power);
}

} // namespace n2m::evaluation
