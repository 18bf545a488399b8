#include "engine/cascade/Route.h"

#include "engine/base/Error.h"
#include "engine/base/Random.h"

namespace n2m::cascade {

namespace {

StepRun atPlace(const StepRun& run, std::uint64_t place) {
    return {base::derivedSeed(run.seed, place), run.seconds, run.threads, run.progress};
}

model::SamplingConfig samplingOf(const std::vector<StepOutline>& outline, std::size_t place, const Request& request) {
    return resolved(outline[place].sampling, place < request.stages.size() ? request.stages[place] : StageSettings());
}

SoundStepPointer stepOf(const StepOutline& outline, const model::SamplingConfig& sampling, const Request& request,
                        const Cascade& cascade) {
    const Stage* stage = outline.stage ? cascade.find(outline.stage->kind) : nullptr;
    switch (outline.kind) {
    case StepKind::Vocoder:
        return vocoderStep(*stage, sampling);
    case StepKind::GriffinLim:
        return griffinLimStep(sampling.steps);
    case StepKind::WaveformCascader:
        return waveformCascaderStep(*stage, sampling, PromptEncoder(cascade.text(), request));
    case StepKind::SuperResolution:
        return superResolutionStep(*stage, sampling);
    case StepKind::Fourier:
        return fourierStep(fourierRate);
    case StepKind::Generator:
        break;
    }
    throw std::logic_error("a generator is not a sound step");
}

} // namespace

Route::Route(const Request& request, const Cascade& cascade)
    : Route(request, cascade, outlineOf(choiceOf(request, cascade.config()), cascade.config())) {}

Route::Route(const Request& request, const Cascade& cascade, const std::vector<StepOutline>& outline)
    : m_generator(*cascade.find(outline.front().stage->kind), samplingOf(outline, 0, request)) {
    for (std::size_t place = 1; place < outline.size(); ++place)
        m_steps.push_back(stepOf(outline[place], samplingOf(outline, place, request), request, cascade));
    const bool wishes = request.bpm || request.key || request.chords || request.givenPlan;
    if (wishes && !m_generator.config().plan) {
        throw base::InvalidInput("the {} of the bundle \"{}\" takes no plan: leave out tempo, key, chords and plan, or "
                                 "choose another bundle",
                                 m_generator.config().name, cascade.config().name);
    }
}

std::vector<RunPart> Route::parts(const StageInput& input, double seconds, bool spectrogramOnly) const {
    std::vector<RunPart> parts{m_generator.part(input, seconds)};
    if (spectrogramOnly) return parts;
    for (const SoundStepPointer& step : m_steps) {
        for (RunPart& part : step->parts(input, seconds))
            parts.push_back(std::move(part));
    }
    return parts;
}

Signal Route::generate(const StageInput& input, const StepRun& run) const {
    return m_generator.run(input, atPlace(run, generatorSeed));
}

audio::Clip Route::toSound(const Signal& generated, const StepRun& run) const {
    Signal signal = generated;
    std::uint64_t place = generatorSeed;
    for (const SoundStepPointer& step : m_steps)
        signal = {{}, step->run(signal, atPlace(run, ++place))};
    return std::move(signal.sound);
}

} // namespace n2m::cascade
