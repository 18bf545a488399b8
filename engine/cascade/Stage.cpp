#include "engine/cascade/Stage.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/LogSpectrum.h"
#include "engine/base/Error.h"
#include "engine/cascade/PlanTensors.h"
#include "engine/network/CostModel.h"
#include "engine/sampling/StepSchedule.h"

#include <torch/utils.h>

#include <numeric>

namespace n2m::cascade {

using diffusion::GuidanceBranch;
using torch::Tensor;

namespace {

constexpr float silentMel = -1.0f; // the floor of the log-mel scale

// Makes the last dimension `length` long: cuts it, or pads it with `fill`.
Tensor cutOrPadded(const Tensor& signal, std::int64_t length, double fill) {
    const std::int64_t missing = length - signal.size(-1);
    return missing <= 0 ? signal.narrow(-1, 0, length) : torch::constant_pad_nd(signal, {0, missing}, fill);
}

} // namespace

model::SamplingConfig resolved(const model::SamplingConfig& defaults, const StageSettings& settings) {
    model::SamplingConfig result = defaults;
    if (settings.steps) result.steps = *settings.steps;
    if (settings.sampler) result.sampler = sampling::samplerFromString(*settings.sampler);
    if (settings.schedule) result.schedule = *settings.schedule;
    if (settings.gamma) result.gamma = static_cast<float>(*settings.gamma);
    if (settings.guidance) result.guidance = static_cast<float>(*settings.guidance);
    if (settings.planGuidance) result.planGuidance = static_cast<float>(*settings.planGuidance);
    if (settings.temperature) result.temperature = static_cast<float>(*settings.temperature);
    return result;
}

Stage::Stage(const model::StageConfig& config, std::shared_ptr<network::UNet> network, torch::Device device,
             std::shared_ptr<const plan::NoteSpectra> noteSpectra, std::int64_t mostWindowElements)
    : m_config(config)
    , m_network(std::move(network))
    , m_device(device)
    , m_mostWindowElements(mostWindowElements) {
    const auto refuse = [&](const base::Message& reason) { throw base::Failure("stage {}: {}", config.name, reason); };
    const bool takesSound = config.lowRate > 0 || config.griffinLim;
    if (config.plan && takesSound) refuse(base::Message("it cannot take both a plan and sound"));
    const bool score = config.kind == model::StageKind::ScoreGenerator;
    if (score && (!config.plan || config.sampleRate != plan::positionsPerBeat))
        refuse(base::Message("a score generator takes a plan, and its sample_rate is {}", plan::positionsPerBeat));
    const bool spectra = !score && config.plan && config.network.stackedChannels == stackedPlanChannels(true);
    if (spectra && !noteSpectra)
        refuse(base::Message("its score spectrogram needs note spectra, and cascade.json names none"));
    if (spectra) m_noteSpectra = std::move(noteSpectra);
    const int expected = score         ? plan::scoreGuideChannelCount
                         : config.plan ? stackedPlanChannels(spectra)
                         : takesSound  ? config.network.dataChannels
                                       : 0;
    if (config.network.stackedChannels != expected) {
        refuse(base::Message("stacked_channels is {} and must be {}", config.network.stackedChannels, expected));
    }
    const audio::MelConfig mel;
    const bool spectrogram = config.kind == model::StageKind::SpectrogramGenerator;
    const int channels = score                     ? plan::scoreChannelCount
                         : spectrogram             ? mel.bands
                         : config.spectrumRate > 0 ? audio::SpectrumConfig::at(config.spectrumRate).bins()
                                                   : 1;
    if (config.network.dataChannels != channels) {
        refuse(base::Message("data_channels is {} and must be {}", config.network.dataChannels, channels));
    }
    if (config.spectrumRate > 0 && (config.kind != model::StageKind::Vocoder || config.griffinLim)) {
        refuse(base::Message("only a vocoder without a Griffin-Lim estimate makes a spectrum"));
    }
    if ((spectrogram || config.spectrumRate > 0) && config.sampleRate != mel.frameRate()) {
        refuse(base::Message("sample_rate is {} and must be {} frames/s", config.sampleRate, mel.frameRate()));
    }
    const int aligned = config.network.alignedChannels;
    if (aligned != (config.kind == model::StageKind::Vocoder ? mel.bands : 0)) {
        refuse(base::Message("aligned_channels is {}, which a {} does not take", config.network.alignedChannels,
                             toString(config.kind)));
    }
    if (config.network.alignedChannels > 0 && config.sampleRate % static_cast<int>(mel.frameRate()) != 0) {
        refuse(base::Message("sample_rate is {} and must be a multiple of {} frames/s", config.sampleRate,
                             mel.frameRate()));
    }
    sampling::StepSchedule{config.sampling.schedule}; // throws for an unknown name
}

std::int64_t Stage::samplesPerFrame() const {
    return m_config.network.alignedChannels > 0
               ? m_config.sampleRate / static_cast<std::int64_t>(audio::MelConfig().frameRate())
               : 1;
}

std::int64_t Stage::paddedLength(std::int64_t length) const {
    const std::int64_t multiple = std::lcm<std::int64_t>(m_config.network.lengthMultiple(), samplesPerFrame());
    return (length + multiple - 1) / multiple * multiple;
}

std::vector<GuidanceBranch> Stage::branches(const StageInput& input, const model::SamplingConfig& settings) const {
    const bool text = m_config.textTokens > 0 && input.text;
    const bool plan = m_config.plan && input.plan;
    return diffusion::guidanceBranches(text, plan, settings.guidance, settings.planGuidance);
}

double Stage::costPerStep(const StageInput& input, const model::SamplingConfig& settings, std::int64_t length) const {
    const auto cost = network::costOf(m_config.network, paddedLength(length), m_config.textTokens);
    return cost.multiplyAdds * static_cast<double>(branches(input, settings).size());
}

Tensor Stage::sample(const StageInput& input, std::int64_t length, const model::SamplingConfig& settings,
                     std::uint64_t seed, const diffusion::Sampler::StepObserver& observer) const {
    const torch::NoGradGuard noGradients;
    const std::int64_t padded = paddedLength(length);
    const auto passes = branches(input, settings);
    const float deviation = m_config.diffusion.dataDeviation;

    const network::Conditioning whole = conditioning(input, passes, padded);
    std::vector<network::Conditioning> perWindow;
    for (const Window& window : windows(padded, passes.size())) {
        network::Conditioning part = whole;
        if (whole.stacked.defined()) part.stacked = whole.stacked.narrow(2, window.start, window.length);
        if (whole.aligned.defined()) {
            part.aligned = whole.aligned.narrow(2, window.start / samplesPerFrame(), window.length / samplesPerFrame());
        }
        part.cache = std::make_shared<network::ConditioningCache>();
        perWindow.push_back(std::move(part));
    }

    diffusion::Sampler::Settings sampling;
    sampling.kind = settings.sampler;
    sampling.prediction = m_config.diffusion.prediction;
    sampling.gamma = settings.gamma;
    sampling.temperature = settings.temperature;
    sampling.clipPercentile = settings.clipPercentile;
    sampling.clipLimit = settings.clipLimit / deviation;
    const sampling::NoiseSchedule schedule(m_config.diffusion.schedule);
    const auto times = sampling::StepSchedule(settings.schedule).times(settings.steps, schedule);
    diffusion::NoiseSource random({seed}, m_device);
    const Tensor noise = random.draw(m_config.network.dataChannels, padded) * static_cast<double>(settings.temperature);
    diffusion::Sampler::KnownRegion known;
    if (input.kept.x0.defined()) {
        known.x0 = (cutOrPadded(input.kept.x0, padded, 0.0) / deviation).unsqueeze(0).to(m_device);
        known.where = cutOrPadded(input.kept.where, padded, 0.0).unsqueeze(0).to(m_device);
    }
    const auto denoiser = [&](const Tensor& noisy, double t) { return predict(noisy, t, passes, perWindow); };
    try {
        const diffusion::Sampler sampler(schedule, sampling);
        const Tensor x = sampler.sample(denoiser, noise, times, random, observer, known);
        return x[0].mul(deviation).to(torch::kCPU).contiguous();
    } catch (const diffusion::NotFinite&) {
        throw base::Failure(
            "stage {}: the result is not finite; its weights are damaged, or the guidance is too strong",
            m_config.name);
    }
}

Tensor Stage::predict(const Tensor& noisy, double t, const std::vector<GuidanceBranch>& branches,
                      const std::vector<network::Conditioning>& conditionings) const {
    const auto passes = static_cast<std::int64_t>(branches.size());
    const Tensor time = torch::full({passes}, t, torch::TensorOptions(torch::kFloat32).device(m_device));
    const auto pass = [&](const Tensor& piece, const network::Conditioning& conditioning) {
        return diffusion::combineBranches(m_network->forward(piece.expand({passes, -1, -1}), time, conditioning),
                                          branches);
    };
    if (conditionings.size() == 1) return pass(noisy, conditionings.front());

    const std::vector<Window> pieces = windows(noisy.size(2), branches.size());
    Tensor output = torch::zeros_like(noisy);
    for (std::size_t index = 0; index < pieces.size(); ++index) {
        const auto& [start, length] = pieces[index];
        const Tensor faded =
            pass(noisy.narrow(2, start, length), conditionings[index]) * fadeOf(pieces, index).to(m_device);
        output.narrow(2, start, length).add_(faded);
    }
    return output;
}

network::Conditioning Stage::conditioning(const StageInput& input, const std::vector<GuidanceBranch>& branches,
                                          std::int64_t length) const {
    network::Conditioning result;
    const auto passes = static_cast<std::int64_t>(branches.size());
    if (m_config.textTokens > 0 && input.text) addText(result, input, branches);
    if (m_config.network.stackedChannels > 0) result.stacked = stacked(input, branches, length).to(m_device);
    if (m_config.network.alignedChannels > 0) {
        if (!input.spectrogram.defined()) throw base::InvalidInput("stage {} needs a spectrogram", m_config.name);
        const Tensor frames = cutOrPadded(input.spectrogram, length / samplesPerFrame(), silentMel);
        result.aligned = frames.unsqueeze(0).expand({passes, -1, -1}).to(m_device);
    }
    return result;
}

void Stage::addText(network::Conditioning& conditioning, const StageInput& input,
                    const std::vector<GuidanceBranch>& branches) const {
    std::vector<const text::EmbeddedText*> rows;
    std::int64_t longest = 0;
    Tensor present = torch::zeros({static_cast<std::int64_t>(branches.size())}, torch::kBool);
    for (std::size_t row = 0; row < branches.size(); ++row) {
        const text::EmbeddedText* shown = branches[row].text ? input.text : input.negative;
        present[static_cast<std::int64_t>(row)] = shown != nullptr;
        rows.push_back(shown ? shown : input.text);
        longest = std::max(longest, rows.back()->embeddings.size(1));
    }
    std::vector<Tensor> texts, masks;
    for (const text::EmbeddedText* row : rows) {
        const std::int64_t missing = longest - row->embeddings.size(1);
        texts.push_back(torch::constant_pad_nd(row->embeddings, {0, 0, 0, missing}, 0.0));
        masks.push_back(torch::constant_pad_nd(row->mask, {0, missing}, 0.0));
    }
    conditioning.text = torch::cat(texts).to(m_device);
    conditioning.textMask = torch::cat(masks).to(m_device);
    conditioning.textPresent = present.to(m_device);
}

Tensor Stage::stacked(const StageInput& input, const std::vector<GuidanceBranch>& branches, std::int64_t length) const {
    if (m_config.plan) {
        Tensor told, hidden; // drawn once for all branches: a score takes some 25 ms
        std::vector<Tensor> rows;
        for (const GuidanceBranch& branch : branches) {
            Tensor& row = branch.plan ? told : hidden;
            if (!row.defined()) row = shownPlan(input, branch.plan, length);
            rows.push_back(row);
        }
        return torch::stack(rows);
    }
    if (!input.sound.defined()) throw base::InvalidInput("stage {} needs sound", m_config.name);
    // In the units of x_t, as in training.
    const Tensor sound = cutOrPadded(input.sound, length, 0.0) / m_config.diffusion.dataDeviation;
    return sound.unsqueeze(0).expand({static_cast<std::int64_t>(branches.size()), -1, -1});
}

Tensor Stage::shownPlan(const StageInput& input, bool shown, std::int64_t length) const {
    if (m_config.kind != model::StageKind::ScoreGenerator) {
        const plan::Plan* plan = shown ? input.plan : nullptr;
        return stackedPlan({plan, plan, length, static_cast<double>(m_config.sampleRate), 0.0}, m_noteSpectra.get(),
                           m_config.diffusion.dataDeviation);
    }
    // The roll has no place without beats and a tonic, so they are shown in any case.
    if (!input.plan) throw base::InvalidInput("stage {} needs a plan", m_config.name);
    const int positions = static_cast<int>(length);
    std::vector<float> values = shown ? plan::scoreGuideChannels(*input.plan, input.guide, positions, input.firstBeat)
                                      : plan::hiddenScoreGuide(*input.plan, positions, input.firstBeat);
    return torch::from_blob(values.data(), {plan::scoreGuideChannelCount, positions}).clone();
}

std::vector<Window> Stage::windows(std::int64_t length, std::size_t branches) const {
    const network::UNetConfig& network = m_config.network;
    for (const bool attends : network.selfAttention) {
        if (attends) return {{0, length}}; // it needs the clip as a whole
    }
    const std::int64_t most = m_mostWindowElements / static_cast<std::int64_t>(branches) / network.base * network.patch;
    return windowsOver(length, most, std::lcm<std::int64_t>(network.lengthMultiple(), samplesPerFrame()));
}

} // namespace n2m::cascade
