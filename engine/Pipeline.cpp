#include "engine/Pipeline.h"

#include "engine/audio/LogMel.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/cascade/Cascade.h"
#include "engine/cascade/GriffinLimIterations.h"
#include "engine/cascade/KeptSound.h"
#include "engine/cascade/Mastering.h"
#include "engine/cascade/PlanChoice.h"
#include "engine/cascade/PromptInput.h"
#include "engine/cascade/Recipe.h"
#include "engine/cascade/Route.h"
#include "engine/cascade/RouteOutline.h"
#include "engine/cascade/RunProgress.h"
#include "engine/cascade/SoundStep.h"
#include "engine/device/Device.h"
#include "engine/device/Runtime.h"
#include "engine/device/TorchErrors.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <thread>

namespace n2m {

using cascade::KeptSound;
using cascade::Route;
using cascade::RunProgress;
using cascade::Signal;

namespace {

constexpr int planTokens = 96; // of a text that only the planner reads

int threadsOrCores(int threads) {
    return threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void requireSettings(const StageSettings& settings) {
    Request request;
    request.prompt = "any";
    request.stages = {settings};
    request.validate();
}

void requireFinite(const std::vector<float>& values) {
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
        throw base::InvalidInput("the input has values that are not finite numbers");
}

// A spectrogram from outside as the input of a step, after a check.
Signal signalOf(const std::vector<float>& spectrogram, int bands) {
    const audio::MelConfig mel;
    if (bands != mel.bands || spectrogram.empty() || spectrogram.size() % static_cast<std::size_t>(bands) != 0)
        throw base::InvalidInput("a spectrogram of {} numbers in {} bands is not one of {} bands", spectrogram.size(),
                                 bands, mel.bands);
    requireFinite(spectrogram);
    const auto frames = static_cast<std::int64_t>(spectrogram.size()) / bands;
    return {torch::from_blob(const_cast<float*>(spectrogram.data()), {bands, frames}).clamp(-1.0, 1.0), {}};
}

double secondsOf(const Signal& spectrogram) {
    return static_cast<double>(spectrogram.spectrogram.size(1)) / audio::MelConfig().frameRate();
}

// The part of a generator's spectrogram that belongs to the clip.
void show(const torch::Tensor& spectrogram, double seconds, Generation& result) {
    const auto frames = static_cast<std::int64_t>(std::ceil(seconds * audio::MelConfig().frameRate()));
    const torch::Tensor shown = spectrogram.narrow(1, 0, frames).contiguous();
    result.spectrogram.assign(shown.data_ptr<float>(), shown.data_ptr<float>() + shown.numel());
    result.spectrogramBands = static_cast<int>(shown.size(0));
}

} // namespace

class Pipeline::Implementation {
public:
    Implementation(const std::filesystem::path& bundle, const std::string& device, int threads, Monitor* monitor)
        : m_threads(threadsOrCores(threads))
        , m_cascade(bundle, device::deviceOf(device), loadObserver(monitor)) {}

    Generation run(const Request& request, Monitor& monitor);
    std::optional<plan::Plan> plan(const Request& request);
    audio::Clip vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                       const StageSettings& settings, Monitor& monitor);
    audio::Clip upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings, Monitor& monitor);

private:
    static cascade::Cascade::LoadObserver loadObserver(Monitor* monitor);
    std::optional<plan::Plan> planFor(const Request& request, const Route& route, const text::EmbeddedText& text,
                                      const std::optional<KeptSound>& kept) const;
    cascade::PromptInput promptFor(const Request& request, const Route& route) const;
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
    at::set_num_threads(m_threads); // of the calling thread
    const Route route(request, m_cascade);

    RunProgress::announce(monitor, "planning");
    std::optional<KeptSound> kept;
    if (request.repaint) kept.emplace(*request.repaint, request.seconds);
    const cascade::PromptInput prompt = promptFor(request, route);
    std::optional<plan::Plan> plan = planFor(request, route, prompt.text, kept);
    if (plan) monitor.planned(*plan);
    cascade::StageInput input = prompt.input();
    input.plan = plan ? &*plan : nullptr;
    if (kept) input.kept = kept->spectrogram();

    RunProgress progress(monitor, route.parts(input, request.seconds, request.spectrogramOnly), m_speeds);
    const cascade::StepRun run{request.seed, request.seconds, m_threads, progress};
    const Signal generated = route.generate(input, run);
    Generation result;
    if (!request.spectrogramOnly) {
        audio::Clip sound = route.toSound(generated, run);
        result.clip = kept ? kept->with(std::move(sound)) : cascade::master(std::move(sound), request.seconds);
    }

    if (generated.spectrogram.defined()) show(generated.spectrogram, request.seconds, result);
    result.recipe = cascade::recipeOf(request, route, plan, m_cascade, m_threads);
    result.plan = std::move(plan);
    result.timings = progress.timings();
    result.promptTokens = prompt.text.count;
    result.promptCut = prompt.text.cut;
    return result;
}

std::optional<plan::Plan> Pipeline::Implementation::plan(const Request& request) {
    request.validate();
    at::set_num_threads(m_threads);
    const Route route(request, m_cascade);
    std::optional<KeptSound> kept;
    if (request.repaint) kept.emplace(*request.repaint, request.seconds);
    return planFor(request, route, promptFor(request, route).text, kept);
}

cascade::PromptInput Pipeline::Implementation::promptFor(const Request& request, const Route& route) const {
    const int tokens = route.generator().config().textTokens;
    return cascade::PromptEncoder(m_cascade.text(), request).encode(tokens > 0 ? tokens : planTokens);
}

std::optional<plan::Plan> Pipeline::Implementation::planFor(const Request& request, const Route& route,
                                                            const text::EmbeddedText& text,
                                                            const std::optional<KeptSound>& kept) const {
    if (!route.generator().config().plan) return std::nullopt;
    std::optional<cascade::ScoreWriter> writer;
    if (request.composer.value_or(m_cascade.config().composer) == "model")
        writer.emplace(need(model::StageKind::ScoreGenerator));
    return cascade::choosePlan(
        request, text, {m_cascade.planner(), m_cascade.vocabulary(), m_cascade.lexicon(), writer ? &*writer : nullptr},
        request.seconds, request.seed, kept ? kept->plan() : std::nullopt);
}

audio::Clip Pipeline::Implementation::vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                                             const StageSettings& settings, Monitor& monitor) {
    at::set_num_threads(m_threads);
    requireSettings(settings);
    const cascade::Stage& stage = need(model::StageKind::Vocoder);
    const Signal input = signalOf(spectrogram, bands);
    const auto step = cascade::vocoderStep(stage, cascade::resolved(stage.config().sampling, settings));
    return cascade::runAlone(*step, input, base::derivedSeed(seed, cascade::soundSeed), secondsOf(input), m_threads,
                             monitor);
}

audio::Clip Pipeline::Implementation::upsample(const audio::Clip& clip, std::uint64_t seed,
                                               const StageSettings& settings, Monitor& monitor) {
    at::set_num_threads(m_threads);
    requireSettings(settings);
    const cascade::Stage& stage = need(model::StageKind::SuperResolution);
    if (clip.channels != 1 || clip.sampleRate != stage.config().lowRate || clip.samples.empty())
        throw base::InvalidInput("{} takes mono sound at {} Hz", stage.config().name, stage.config().lowRate);
    requireFinite(clip.samples);
    const auto step = cascade::superResolutionStep(stage, cascade::resolved(stage.config().sampling, settings));
    return cascade::runAlone(*step, {{}, clip}, base::derivedSeed(seed, cascade::fullRateSeed), clip.seconds(),
                             m_threads, monitor);
}

const cascade::Stage& Pipeline::Implementation::need(model::StageKind kind) const {
    if (const cascade::Stage* stage = m_cascade.find(kind)) return *stage;
    throw base::InvalidInput("the bundle \"{}\" has no {}", m_cascade.config().name, toString(kind));
}

Pipeline::Pipeline(const std::filesystem::path& bundle, const std::string& device, int threads, Monitor* monitor)
    : m_implementation(device::explainingErrors(
          [&] { return std::make_unique<Implementation>(bundle, device, threads, monitor); })) {}

Pipeline::~Pipeline() = default;
Pipeline::Pipeline(Pipeline&&) noexcept = default;
Pipeline& Pipeline::operator=(Pipeline&&) noexcept = default;

std::optional<plan::Plan> Pipeline::plan(const Request& request) {
    return device::explainingErrors([&] { return m_implementation->plan(request); });
}

Generation Pipeline::run(const Request& request, Monitor& monitor) {
    return device::explainingErrors([&] { return m_implementation->run(request, monitor); });
}

audio::Clip Pipeline::vocode(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                             const StageSettings& settings, Monitor& monitor) {
    return device::explainingErrors(
        [&] { return m_implementation->vocode(spectrogram, bands, seed, settings, monitor); });
}

audio::Clip Pipeline::vocodeByGriffinLim(const std::vector<float>& spectrogram, int bands, std::uint64_t seed,
                                         const StageSettings& settings, Monitor& monitor) {
    requireSettings(settings);
    const Signal input = signalOf(spectrogram, bands);
    const auto step = cascade::griffinLimStep(settings.steps.value_or(cascade::griffinLimIterations));
    return cascade::runAlone(*step, input, seed, secondsOf(input), threadsOrCores(0), monitor);
}

audio::Clip Pipeline::upsample(const audio::Clip& clip, std::uint64_t seed, const StageSettings& settings,
                               Monitor& monitor) {
    return device::explainingErrors([&] { return m_implementation->upsample(clip, seed, settings, monitor); });
}

audio::Clip Pipeline::upsampleByFourier(const audio::Clip& clip, Monitor& monitor) {
    return cascade::runAlone(*cascade::fourierStep(cascade::fourierRate), {{}, clip}, 0, clip.seconds(), 1, monitor);
}

} // namespace n2m
