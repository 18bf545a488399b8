#include "engine/training/BatchSource.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/LogSpectrum.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/cascade/PlanTensors.h"
#include "engine/sampling/NoiseSchedule.h"
#include "engine/text/TextEncoder.h"
#include "engine/training/Blur.h"

#include <torch/fft.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace n2m::training {

using torch::Tensor;

struct BatchSource::Sample {
    Tensor data;    // [channels, time]
    Tensor stacked; // [channels, time], or undefined
    Tensor aligned; // [channels, frames], or undefined
};

namespace {

constexpr audio::MelConfig mel;
constexpr double logMelDeviation = 0.36; // of music at −16 LUFS, in the units of LogMel

double uniform(std::mt19937_64& random) {
    return base::unitUniform(random());
}

// Rows `start` to `start + length`, with `fill` after the end of the clip.
Tensor slice(const Tensor& rows, std::int64_t start, std::int64_t length, float fill) {
    const std::int64_t there = std::clamp<std::int64_t>(rows.size(0) - start, 0, length);
    Tensor part = rows.narrow(0, std::min(start, rows.size(0)), there).to(torch::kFloat);
    if (there == length) return part;
    std::vector<std::int64_t> shape(rows.sizes().begin(), rows.sizes().end());
    shape.front() = length - there;
    return torch::cat({part, torch::full(shape, fill)});
}

std::int64_t drawStart(std::int64_t total, std::int64_t length, std::int64_t step, std::mt19937_64& random) {
    const std::int64_t places = std::max<std::int64_t>(total - length, 0) / step + 1;
    return step * static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(places));
}

// Gives low-rate audio after up-sampling in the Fourier domain: the spectrum above its Nyquist frequency is empty.
Tensor bandLimited(const Tensor& samples, int sampleRate, int lowRate) {
    const std::int64_t length = samples.size(-1);
    Tensor spectrum = torch::fft::rfft(samples);
    const auto kept = static_cast<std::int64_t>(std::ceil(static_cast<double>(length) * lowRate / sampleRate / 2.0));
    spectrum.narrow(-1, kept, spectrum.size(-1) - kept).zero_();
    return torch::fft::irfft(spectrum, length);
}

} // namespace

BatchSource::BatchSource(const model::StageConfig& stage, const DataSet& dataSet, const FeatureCache& cache,
                         std::shared_ptr<text::TextEncoder> textEncoder,
                         std::shared_ptr<const plan::NoteSpectra> noteSpectra)
    : m_stage(stage)
    , m_dataSet(dataSet)
    , m_cache(cache)
    , m_textEncoder(std::move(textEncoder)) {
    if (stage.plan && stage.network.stackedChannels == cascade::stackedPlanChannels(true)) {
        if (!noteSpectra) {
            throw base::Failure("{} needs note spectra: measure them first (noise2music train note-spectra)",
                                stage.name);
        }
        m_noteSpectra = std::move(noteSpectra);
    }
    if (stage.textTokens > 0 && !m_textEncoder) {
        throw base::Failure("{} needs a text encoder: train it first (noise2music train text)", stage.name);
    }
    const bool captions = std::any_of(
        dataSet.examples(Split::Train).begin(), dataSet.examples(Split::Train).end(), [](const Example& example) {
            return !example.longCaptions.empty() || !example.tags.empty() || !example.shortLabels.empty();
        });
    if (stage.textTokens > 0 && !captions) {
        throw base::Failure("{}: no clip has a caption, and {} is trained on text", dataSet.folder().string(),
                            stage.name);
    }
}

// The number of the stage's own samples per frame of the spectrogram that is aligned with them.
std::int64_t BatchSource::samplesPerFrame() const {
    return std::max<std::int64_t>(1, std::llround(m_stage.sampleRate / mel.frameRate()));
}

std::int64_t BatchSource::snippetLength(const Example& example) const {
    // Aligned spectrogram frames must fall on whole samples.
    const std::int64_t multiple = m_stage.network.alignedChannels > 0
                                      ? std::lcm<std::int64_t>(m_stage.network.lengthMultiple(), samplesPerFrame())
                                      : m_stage.network.lengthMultiple();
    double seconds = m_stage.training.snippetSeconds;
    if (seconds <= 0.0) {
        const bool frames = m_stage.kind == model::StageKind::SpectrogramGenerator || m_stage.spectrumRate > 0;
        const Tensor whole =
            frames ? m_cache.logMel(example.audio) : m_cache.waveform(example.audio, m_stage.sampleRate);
        seconds = static_cast<double>(whole.size(0)) / m_stage.sampleRate;
    }
    return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::lround(seconds * m_stage.sampleRate)) / multiple) *
           multiple;
}

BatchSource::Sample BatchSource::drawSpectrogram(const Example& example, std::mt19937_64& random, bool augment) const {
    const Tensor rows = m_cache.logMel(example.audio);
    const std::int64_t length = snippetLength(example);
    const std::int64_t start = drawStart(rows.size(0), length, 1, random);
    Sample sample;
    sample.data = slice(rows, start, length, -1.0f).t();
    if (m_stage.plan) {
        const double rate = m_stage.sampleRate;
        cascade::PlanExcerpt excerpt{example.plan ? &*example.plan : nullptr, nullptr, length, rate,
                                     static_cast<double>(start) / rate};
        if (augment && uniform(random) < m_stage.training.planDropout) excerpt.plan = nullptr;
        if (!(augment && uniform(random) < m_stage.training.scoreDropout)) excerpt.score = excerpt.plan;
        sample.stacked = cascade::stackedPlan(excerpt, m_noteSpectra.get(), m_stage.diffusion.dataDeviation);
    }
    return sample;
}

BatchSource::Sample BatchSource::drawAudio(const Example& example, std::mt19937_64& random) const {
    const Tensor whole = m_cache.waveform(example.audio, m_stage.sampleRate);
    const std::int64_t length = snippetLength(example);
    const std::int64_t start =
        drawStart(whole.size(0), length, m_stage.network.alignedChannels > 0 ? samplesPerFrame() : 1, random);
    constexpr float scale = 1.0f / 32767.0f;
    // The sound that the network is conditioned on has the units of x_t.
    const float stackedScale = scale / m_stage.diffusion.dataDeviation;
    Sample sample;
    sample.data = slice(whole, start, length, 0.0f).mul_(scale).unsqueeze(0);
    if (m_stage.network.alignedChannels > 0) {
        sample.aligned =
            slice(m_cache.logMel(example.audio), start / samplesPerFrame(), length / samplesPerFrame(), -1.0f).t();
    }
    if (m_stage.griffinLim) {
        sample.stacked = slice(m_cache.griffinLim(example.audio), start, length, 0.0f).mul_(stackedScale).unsqueeze(0);
    } else if (m_stage.lowRate > 0) {
        // The snippet is cut out of a longer one, which keeps the Fourier transform's wrap-around outside.
        constexpr std::int64_t margin = 1024;
        const std::int64_t from = std::max<std::int64_t>(0, start - margin);
        const Tensor surrounding = slice(whole, from, start - from + length + margin, 0.0f).mul_(stackedScale);
        sample.stacked =
            bandLimited(surrounding, m_stage.sampleRate, m_stage.lowRate).narrow(0, start - from, length).unsqueeze(0);
    }
    return sample;
}

BatchSource::Sample BatchSource::drawSpectrum(const Example& example, std::mt19937_64& random) const {
    const audio::LogSpectrum analysis(audio::SpectrumConfig::at(m_stage.spectrumRate));
    const audio::SpectrumConfig& config = analysis.config();
    const Tensor whole = m_cache.waveform(example.audio, config.sampleRate);
    const std::int64_t length = snippetLength(example);
    const std::int64_t start = drawStart(whole.size(0) / config.hop, length, 1, random);
    // The snippet is cut out of a longer one, so that its first and last windows reach beyond it.
    const std::int64_t margin = config.window / config.hop + 1, from = std::max<std::int64_t>(0, start - margin);
    const Tensor samples = slice(whole, from * config.hop, (start - from + length + margin) * config.hop, 0.0f)
                               .mul_(1.0f / 32767.0f)
                               .contiguous();
    std::vector<float> values =
        analysis.analyse({samples.data_ptr<float>(), static_cast<std::size_t>(samples.numel())});
    Sample sample;
    sample.data = torch::from_blob(values.data(), {config.bins(), samples.numel() / config.hop})
                      .narrow(1, start - from, length)
                      .clone();
    sample.aligned = slice(m_cache.logMel(example.audio), start, length, -1.0f).t().contiguous();
    std::vector<float> guess =
        analysis.guess({sample.aligned.data_ptr<float>(), static_cast<std::size_t>(sample.aligned.numel())}, m_logMel);
    sample.data.sub_(torch::from_blob(guess.data(), sample.data.sizes()));
    return sample;
}

// Adds a blur of random width, and diffusion noise at a random time up to t_max; `deviation` is sigma_data, the unit of
// the noise.
Tensor BatchSource::corrupt(Tensor conditioning, double deviation, std::mt19937_64& random) const {
    const model::TrainingConfig& training = m_stage.training;
    if (training.blurMax > 0.0) {
        const double width = training.blurMin + uniform(random) * (training.blurMax - training.blurMin);
        conditioning = conditioning.size(0) > 1 ? blurSpectrogram(conditioning, width) : blurAudio(conditioning, width);
    }
    if (training.augmentationTime > 0.0) {
        const sampling::NoiseSchedule schedule(m_stage.diffusion.schedule);
        const double time = uniform(random) * training.augmentationTime;
        conditioning =
            conditioning * schedule.alpha(time) + torch::randn_like(conditioning) * (schedule.sigma(time) * deviation);
    }
    return conditioning;
}

Batch BatchSource::draw(Split split, int size, std::mt19937_64& random, bool augment) const {
    const std::vector<Example>& examples = m_dataSet.examples(split);
    if (examples.empty()) throw base::Failure("{}: has no held-out clips", m_dataSet.folder().string());
    const bool takesText = m_stage.textTokens > 0;
    std::vector<Tensor> data, stacked, aligned;
    std::vector<std::string> texts;
    Tensor present = torch::ones({size}, torch::kBool);
    std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
    for (int index = 0; index < size; ++index) {
        const Example& example = examples[random() % examples.size()];
        Sample sample = m_stage.kind == model::StageKind::SpectrogramGenerator
                            ? drawSpectrogram(example, random, augment)
                        : m_stage.spectrumRate > 0 ? drawSpectrum(example, random)
                                                   : drawAudio(example, random);
        if (m_stage.plan) {
            // plans are hidden, not corrupted
        } else if (augment && sample.aligned.defined()) {
            sample.aligned = corrupt(sample.aligned, logMelDeviation, random);
        } else if (augment && sample.stacked.defined()) {
            sample.stacked = corrupt(sample.stacked, 1.0, random);
        }
        if (takesText) {
            texts.push_back(example.drawCaption(random));
            present[index] = !texts.back().empty() && !(augment && uniform(random) < m_stage.training.textDropout);
        }
        shortest = std::min(shortest, sample.data.size(1));
        data.push_back(sample.data);
        if (sample.stacked.defined()) stacked.push_back(sample.stacked);
        if (sample.aligned.defined()) aligned.push_back(sample.aligned);
    }
    // Whole clips of different lengths are cut to the shortest of the batch.
    const auto cutAndStack = [&](std::vector<Tensor>& tensors, std::int64_t length) {
        for (Tensor& tensor : tensors)
            tensor = tensor.narrow(1, 0, length);
        return torch::stack(tensors);
    };
    Batch batch;
    batch.data = cutAndStack(data, shortest);
    if (!stacked.empty()) batch.conditioning.stacked = cutAndStack(stacked, shortest);
    if (!aligned.empty()) batch.conditioning.aligned = cutAndStack(aligned, shortest / samplesPerFrame());
    if (takesText) {
        addTexts(*m_textEncoder, texts, m_stage.textTokens, batch.conditioning);
        batch.conditioning.textPresent = present;
    }
    return batch;
}

} // namespace n2m::training
