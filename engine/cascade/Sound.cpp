#include "engine/cascade/Sound.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/LogSpectrum.h"
#include "engine/audio/Loudness.h"
#include "engine/audio/Resample.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <span>

namespace n2m::cascade {

using torch::Tensor;

namespace {

constexpr double fadeSeconds = 0.005;
constexpr double anyPeak = std::numeric_limits<double>::infinity();

std::vector<float> toVector(const Tensor& tensor, std::int64_t count) {
    const Tensor flat = tensor.reshape({-1}).narrow(0, 0, count).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + count};
}

Tensor toTensor(const std::vector<float>& samples) {
    return torch::from_blob(const_cast<float*>(samples.data()), {1, static_cast<std::int64_t>(samples.size())}).clone();
}

} // namespace

std::vector<float> invertSpectrogram(const Tensor& spectrogram, int iterations, std::uint64_t seed, int threads,
                                     const audio::GriffinLimObserver& soundObserver) {
    const Tensor values = spectrogram.contiguous();
    const std::span<const float> logMel(values.data_ptr<float>(), static_cast<std::size_t>(values.numel()));
    return audio::griffinLim(logMel, audio::MelConfig(), iterations, seed, threads, soundObserver);
}

std::vector<float> vocode(const Stage& vocoder, const Tensor& spectrogram, const model::SamplingConfig& settings,
                          std::uint64_t seed, int threads, const diffusion::Sampler::StepObserver& observer,
                          const audio::GriffinLimObserver& soundObserver) {
    const audio::MelConfig mel;
    StageInput input;
    input.spectrogram = spectrogram;
    if (vocoder.config().griffinLim) {
        std::vector<float> estimate = invertSpectrogram(spectrogram, estimateIterations, seed, threads, {});
        const int rate = vocoder.config().sampleRate;
        if (rate != mel.sampleRate) estimate = audio::resampleFourier(estimate, mel.sampleRate, rate);
        input.sound = toTensor(estimate);
    }
    const auto length = static_cast<std::int64_t>(
        std::llround(static_cast<double>(spectrogram.size(1)) * vocoder.config().sampleRate / mel.frameRate()));
    const Tensor made = vocoder.sample(input, length, settings, seed, observer);
    if (vocoder.config().spectrumRate == 0) return toVector(made, length);

    const audio::LogSpectrum analysis(audio::SpectrumConfig::at(vocoder.config().spectrumRate));
    const std::vector<float> logMel = toVector(spectrogram, spectrogram.numel());
    const audio::LogMel melAnalysis(mel);
    std::vector<float> spectrum = analysis.guess(logMel, melAnalysis);
    const std::vector<float> difference = toVector(made.narrow(1, 0, length), made.size(0) * length);
    std::transform(spectrum.begin(), spectrum.end(), difference.begin(), spectrum.begin(), std::plus<>());
    const std::vector<float> magnitudes = analysis.fitted(analysis.magnitudes(spectrum), logMel, melAnalysis);
    return audio::jointGriffinLim(magnitudes, analysis.stft(), logMel, melAnalysis, vocoderIterations, seed, threads,
                                  soundObserver);
}

audio::Clip raiseRate(const Stage& stage, audio::Clip low, StageInput text, const model::SamplingConfig& settings,
                      std::uint64_t seed, const diffusion::Sampler::StepObserver& observer) {
    const model::StageConfig& config = stage.config();
    if (low.sampleRate != config.lowRate) low = audio::resample(low, config.lowRate);
    const double gain = audio::normaliseLoudness(low, modelLoudness, anyPeak);
    text.sound = toTensor(audio::resampleFourier(low.samples, low.sampleRate, config.sampleRate));
    const std::int64_t length = text.sound.size(1);
    audio::Clip high;
    high.sampleRate = config.sampleRate;
    high.samples =
        toVector(stage.sample(text, length, settings, seed, observer) * std::pow(10.0, -gain / 20.0), length);
    return high;
}

audio::Clip master(audio::Clip clip, double seconds) {
    clip.samples.resize(static_cast<std::size_t>(std::llround(seconds * clip.sampleRate)), 0.0f);
    const double offset =
        std::accumulate(clip.samples.begin(), clip.samples.end(), 0.0) / static_cast<double>(clip.samples.size());
    for (float& sample : clip.samples)
        sample -= static_cast<float>(offset);
    const std::size_t fade = std::min(static_cast<std::size_t>(fadeSeconds * clip.sampleRate), clip.samples.size() / 2);
    for (std::size_t index = 0; index < fade; ++index) {
        const float share = static_cast<float>(index) / static_cast<float>(fade);
        clip.samples[index] *= share;
        clip.samples[clip.samples.size() - 1 - index] *= share;
    }
    audio::normaliseLoudness(clip, modelLoudness);
    return clip;
}

} // namespace n2m::cascade
