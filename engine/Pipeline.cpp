#include "engine/Pipeline.h"

#include "engine/audio/LogMel.h"
#include "engine/audio/Resample.h"
#include "engine/cascade/Cascade.h"
#include "engine/cascade/Estimates.h"
#include "engine/cascade/KeptSound.h"
#include "engine/cascade/PlanChoice.h"
#include "engine/cascade/Recipe.h"
#include "engine/cascade/Route.h"
#include "engine/cascade/RunProgress.h"
#include "engine/cascade/Sound.h"
#include "engine/device/Device.h"
#include "engine/device/Runtime.h"
#include "engine/device/TorchErrors.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <thread>

namespace n2m {

using cascade::Route;
using cascade::RunPart;
using cascade::RunProgress;
using cascade::StageInput;
using torch::Tensor;

namespace {

// What the seed of a request is used for; each use has numbers of its own.
enum SeedPurpose : std::uint64_t { generatorSeed, secondSeed, superResolutionSeed, planSeed };

// One second of Griffin-Lim's time in multiply-adds of a network, for estimates before either has been measured.
constexpr double griffinLimCost = 1.5e9; // per iteration and 30 s

constexpr int planTokens = 96; // of a text that only the planner reads

// Tells of a stage's steps, and of what it is about to make.
diffusion::Sampler::StepObserver observerOf(RunProgress& progress, const cascade::Stage& stage, double seconds) {
    return [&progress, &config = stage.config(), seconds](int done, const Tensor& x0) {
        progress.step(done, cascade::estimateOf(x0, config, seconds));
    };
}

// What a vocoder that makes spectra hands them on to.
constexpr const char* soundPart = "sound-of-spectrum";
constexpr int soundIterations = cascade::vocoderIterations.phases + cascade::vocoderIterations.both;

// Tells of the iterations of a Griffin-Lim, and of the sound that it has come to.
audio::GriffinLimObserver observerOf(RunProgress& progress, int sampleRate, double seconds) {
    return [&progress, sampleRate, seconds](int done, std::span<const float> sound) {
        progress.step(done, [&] { return cascade::resultOf(sound, sampleRate, seconds); });
    };
}

// The same of that part, which it starts with the first.
audio::GriffinLimObserver soundObserver(RunProgress& progress, int sampleRate, double seconds) {
    return [&progress, observer = observerOf(progress, sampleRate, seconds)](int done, std::span<const float> sound) {
        if (done == 0) {
            progress.finish();
            progress.begin();
        } else {
            observer(done, sound);
        }
    };
}

void requireSettings(const StageSettings& settings) {
    Request request;
    request.prompt = "any";
    request.stages = {settings};
    request.validate();
}

void requireFinite(const std::vector<float>& values) {
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); })) {
        throw std::invalid_argument("the input has values that are not finite numbers");
    }
}

// What a prompt is to the models, cut to the length that each of them takes.
struct Prompt {
    text::Embedded text;
    std::optional<text::Embedded> negative;

    Prompt(const text::TextEncoder& encoder, const Request& request, int tokens)
        : text(encoder.embed(request.prompt, tokens)) {
        if (request.negativePrompt.find_first_not_of(" \t\r\n") != std::string::npos) {
            negative = encoder.embed(request.negativePrompt, tokens);
        }
    }

    StageInput input() const {
        StageInput result;
        result.text = &text;
        result.negative = negative ? &*negative : nullptr;
        return result;
    }
};

} // namespace

class Pipeline::Implementation {
public:
    Implementation(const std::filesystem::path& bundle, const std::string& device, int threads, Monitor* monitor)
        : m_threads(threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())))
        , m_cascade(bundle, device::deviceOf(device), loadObserver(monitor)) {}

    Generation run(const Request& request, Monitor& monitor);
    audio::Clip vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                       const StageSettings& settings, Monitor& monitor);
    audio::Clip upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings, Monitor& monitor);

private:
    static cascade::Cascade::LoadObserver loadObserver(Monitor* monitor);
    std::vector<RunPart> partsOf(const Request& request, const Route& route, const StageInput& input) const;
    Tensor generate(const Route& route, const StageInput& input, const Request& request, RunProgress& progress) const;
    audio::Clip toSound(const Route& route, const Tensor& generated, const Request& request,
                        RunProgress& progress) const;
    audio::Clip toFullRate(const Route& route, audio::Clip clip, const Request& request, RunProgress& progress) const;
    const cascade::Stage& need(model::StageKind kind) const;

    int m_threads;
    cascade::Cascade m_cascade;
    cascade::PartSpeeds m_speeds;
};

cascade::Cascade::LoadObserver Pipeline::Implementation::loadObserver(Monitor* monitor) {
    device::tuneAllocator();
    if (!monitor) return {};
    return
        [monitor](const std::string&, int done, int count) { RunProgress::announce(*monitor, "loading", done, count); };
}

Generation Pipeline::Implementation::run(const Request& request, Monitor& monitor) {
    request.validate();
    at::set_num_threads(m_threads); // of the thread that calls
    const Route route = cascade::routeFor(request, m_cascade);
    const model::StageConfig& generator = route.generator->config();

    RunProgress::announce(monitor, "planning");
    std::optional<cascade::KeptSound> kept;
    if (request.repaint) kept.emplace(*request.repaint, request.seconds);
    const Prompt prompt(m_cascade.text(), request, generator.textTokens > 0 ? generator.textTokens : planTokens);
    std::optional<plan::Plan> plan;
    if (generator.plan) {
        plan = cascade::choosePlan(request, prompt.text, m_cascade.planner(), m_cascade.composer(), request.seconds,
                                   diffusion::derivedSeed(request.seed, planSeed), kept ? kept->plan() : std::nullopt);
    }
    if (plan) monitor.planned(*plan);
    StageInput input = prompt.input();
    input.plan = plan ? &*plan : nullptr;
    if (kept) input.kept = kept->spectrogram();

    RunProgress progress(monitor, partsOf(request, route, input), m_speeds);
    const Tensor generated = generate(route, input, request, progress);
    Generation result;
    if (!request.spectrogramOnly) {
        audio::Clip sound = toFullRate(route, toSound(route, generated, request, progress), request, progress);
        result.clip = kept ? kept->with(std::move(sound)) : cascade::master(std::move(sound), request.seconds);
    }

    if (route.isSpectrogram()) {
        const auto frames = static_cast<std::int64_t>(std::ceil(request.seconds * generator.sampleRate));
        const Tensor shown = generated.narrow(1, 0, frames).contiguous();
        result.spectrogram.assign(shown.data_ptr<float>(), shown.data_ptr<float>() + shown.numel());
        result.spectrogramBands = static_cast<int>(shown.size(0));
    }
    result.recipe = cascade::recipeOf(request, route, plan, m_cascade, m_threads);
    result.plan = std::move(plan);
    result.timings = progress.timings();
    result.promptTokens = prompt.text.count;
    result.promptCut = prompt.text.cut;
    return result;
}

std::vector<RunPart> Pipeline::Implementation::partsOf(const Request& request, const Route& route,
                                                       const StageInput& input) const {
    const auto part = [&](const cascade::Stage& stage, const model::SamplingConfig& settings) {
        const auto length = static_cast<std::int64_t>(std::ceil(request.seconds * stage.config().sampleRate));
        return RunPart{stage.config().name, settings.steps, stage.costPerStep(input, settings, length)};
    };
    std::vector<RunPart> parts{part(*route.generator, route.sampling[0])};
    if (request.spectrogramOnly) return parts;
    const auto griffinLim = [&](const char* name, int iterations) {
        return RunPart{name, iterations, griffinLimCost * request.seconds / 30.0, false};
    };
    parts.push_back(route.second ? part(*route.second, route.sampling[1])
                                 : griffinLim("griffin-lim", route.griffinLimIterations()));
    if (route.second && route.second->config().spectrumRate > 0)
        parts.push_back(griffinLim(soundPart, soundIterations));
    parts.push_back(route.superResolution ? part(*route.superResolution, route.sampling[2])
                                          : RunPart{"fourier", 0, 0.0});
    return parts;
}

Tensor Pipeline::Implementation::generate(const Route& route, const StageInput& input, const Request& request,
                                          RunProgress& progress) const {
    const cascade::Stage& generator = *route.generator;
    progress.begin();
    const auto length = static_cast<std::int64_t>(std::ceil(request.seconds * generator.config().sampleRate));
    const Tensor result =
        generator
            .sample(input, length, route.sampling[0], diffusion::derivedSeed(request.seed, generatorSeed),
                    observerOf(progress, generator, request.seconds))
            .clamp(-1.0, 1.0);
    progress.result([&] { return cascade::resultOf(result, generator.config(), request.seconds); });
    progress.finish();
    return result;
}

audio::Clip Pipeline::Implementation::toSound(const Route& route, const Tensor& generated, const Request& request,
                                              RunProgress& progress) const {
    const std::uint64_t own = diffusion::derivedSeed(request.seed, secondSeed);
    progress.begin();
    audio::Clip clip;
    if (!route.isSpectrogram()) {
        clip.sampleRate = route.generator->config().sampleRate;
        clip.samples.assign(generated.data_ptr<float>(), generated.data_ptr<float>() + generated.numel());
        const Prompt prompt(m_cascade.text(), request, std::max(1, route.second->config().textTokens));
        clip = cascade::raiseRate(*route.second, std::move(clip), prompt.input(), route.sampling[1], own,
                                  observerOf(progress, *route.second, request.seconds));
    } else if (route.second) {
        clip.sampleRate = route.second->config().soundRate();
        clip.samples = cascade::vocode(*route.second, generated, route.sampling[1], own, m_threads,
                                       observerOf(progress, *route.second, request.seconds),
                                       soundObserver(progress, clip.sampleRate, request.seconds));
    } else {
        clip.sampleRate = audio::MelConfig().sampleRate;
        clip.samples = cascade::invertSpectrogram(generated, route.griffinLimIterations(), own, m_threads,
                                                  observerOf(progress, clip.sampleRate, request.seconds));
    }
    progress.result([&] { return cascade::resultOf(clip.samples, clip.sampleRate, request.seconds); });
    progress.finish();
    return clip;
}

audio::Clip Pipeline::Implementation::toFullRate(const Route& route, audio::Clip clip, const Request& request,
                                                 RunProgress& progress) const {
    progress.begin();
    if (route.superResolution) {
        clip = cascade::raiseRate(*route.superResolution, std::move(clip), {}, route.sampling[2],
                                  diffusion::derivedSeed(request.seed, superResolutionSeed),
                                  observerOf(progress, *route.superResolution, request.seconds));
    } else {
        clip = audio::resample(clip, route.sampleRate());
    }
    progress.finish();
    return clip;
}

audio::Clip Pipeline::Implementation::vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                                             const StageSettings& settings, Monitor& monitor) {
    at::set_num_threads(m_threads);
    requireSettings(settings);
    const cascade::Stage& stage = need(model::StageKind::Vocoder);
    const audio::MelConfig mel;
    if (bands != mel.bands || spectrogram.empty() || spectrogram.size() % static_cast<std::size_t>(bands) != 0) {
        throw std::invalid_argument(fmt::format("a spectrogram of {} numbers in {} bands is not one of {} bands",
                                                spectrogram.size(), bands, mel.bands));
    }
    requireFinite(spectrogram);
    const auto frames = static_cast<std::int64_t>(spectrogram.size()) / bands;
    const Tensor values = torch::from_blob(const_cast<float*>(spectrogram.data()), {bands, frames}).clamp(-1.0, 1.0);
    const model::SamplingConfig sampling = cascade::resolved(stage.config().sampling, settings);
    cascade::PartSpeeds speeds; // of its own: other lengths than in a run
    std::vector<RunPart> parts{{stage.config().name, sampling.steps, 0.0}};
    if (stage.config().spectrumRate > 0) parts.push_back({soundPart, soundIterations, 0.0});
    RunProgress progress(monitor, std::move(parts), speeds);
    progress.begin();
    audio::Clip clip;
    clip.sampleRate = stage.config().soundRate();
    const double seconds = static_cast<double>(frames) / mel.frameRate();
    clip.samples =
        cascade::vocode(stage, values, sampling, diffusion::derivedSeed(seed, secondSeed), m_threads,
                        observerOf(progress, stage, seconds), soundObserver(progress, clip.sampleRate, seconds));
    return clip;
}

audio::Clip Pipeline::Implementation::upsample(const audio::Clip& clip, std::uint64_t seed,
                                               const StageSettings& settings, Monitor& monitor) {
    at::set_num_threads(m_threads);
    requireSettings(settings);
    const cascade::Stage& stage = need(model::StageKind::SuperResolution);
    if (clip.channels != 1 || clip.sampleRate != stage.config().lowRate || clip.samples.empty()) {
        throw std::invalid_argument(
            fmt::format("{} takes mono sound at {} Hz", stage.config().name, stage.config().lowRate));
    }
    requireFinite(clip.samples);
    const model::SamplingConfig sampling = cascade::resolved(stage.config().sampling, settings);
    cascade::PartSpeeds speeds; // of its own: other lengths than in a run
    RunProgress progress(monitor, {{stage.config().name, sampling.steps, 0.0}}, speeds);
    progress.begin();
    return cascade::raiseRate(stage, clip, {}, sampling, diffusion::derivedSeed(seed, superResolutionSeed),
                              observerOf(progress, stage, clip.seconds()));
}

const cascade::Stage& Pipeline::Implementation::need(model::StageKind kind) const {
    if (const cascade::Stage* stage = m_cascade.find(kind)) return *stage;
    throw std::invalid_argument(fmt::format("the bundle \"{}\" has no {}", m_cascade.config().name, toString(kind)));
}

Pipeline::Pipeline(const std::filesystem::path& bundle, const std::string& device, int threads, Monitor* monitor)
    : m_implementation(device::explainingErrors(
          [&] { return std::make_unique<Implementation>(bundle, device, threads, monitor); })) {}

Pipeline::~Pipeline() = default;
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;

Generation Pipeline::run(const Request& request, Monitor& monitor) {
    return device::explainingErrors([&] { return m_implementation->run(request, monitor); });
}

audio::Clip Pipeline::vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                             const StageSettings& settings, Monitor& monitor) {
    return device::explainingErrors(
        [&] { return m_implementation->vocode(spectrogram, bands, seed, settings, monitor); });
}

audio::Clip Pipeline::upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings,
                               Monitor& monitor) {
    return device::explainingErrors([&] { return m_implementation->upsample(clip, seed, settings, monitor); });
}

} // namespace n2m
