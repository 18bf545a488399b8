#include "engine/cascade/RouteOutline.h"

#include "engine/base/Error.h"
#include "engine/cascade/GriffinLimIterations.h"

namespace n2m::cascade {

using model::StageKind;

namespace {

StepOutline network(StepKind kind, const model::StageConfig& stage) {
    return {kind, stage.name, &stage, stage.sampling};
}

StepOutline computation(StepKind kind, const char* name, int steps) {
    StepOutline outline{kind, name, nullptr, {}};
    outline.sampling.steps = steps;
    return outline;
}

const model::StageConfig& need(const model::CascadeConfig& cascade, StageKind kind, const char* otherwise) {
    if (const model::StageConfig* stage = cascade.find(kind)) return *stage;
    throw base::InvalidInput("the bundle \"{}\" has no {}; choose \"{}\" instead", cascade.name, toString(kind),
                             otherwise);
}

StepOutline soundStep(const RouteChoice& choice, const model::CascadeConfig& cascade) {
    if (choice.route == "waveform")
        return network(StepKind::WaveformCascader, *cascade.find(StageKind::WaveformCascader));
    if (choice.vocoder == "diffusion")
        return network(StepKind::Vocoder, need(cascade, StageKind::Vocoder, "griffin-lim"));
    return computation(StepKind::GriffinLim, "griffin-lim", griffinLimIterations);
}

StepOutline fullRateStep(const RouteChoice& choice, const model::CascadeConfig& cascade) {
    if (choice.superResolution == "diffusion")
        return network(StepKind::SuperResolution, need(cascade, StageKind::SuperResolution, "fourier"));
    return computation(StepKind::Fourier, "fourier", 0);
}

} // namespace

RouteChoice choiceOf(const Request& request, const model::CascadeConfig& cascade) {
    return {request.route, request.vocoder.value_or(cascade.vocoder),
            request.superResolution.value_or(cascade.superResolution)};
}

RouteChoice usualChoice(const model::CascadeConfig& cascade) {
    RouteChoice choice{hasRoute(cascade, "spectrogram") ? "spectrogram" : "waveform", cascade.vocoder,
                       cascade.superResolution};
    if (!cascade.find(StageKind::Vocoder)) choice.vocoder = "griffin-lim";
    if (!cascade.find(StageKind::SuperResolution)) choice.superResolution = "fourier";
    return choice;
}

bool hasRoute(const model::CascadeConfig& cascade, const std::string& route) {
    if (route == "spectrogram") return cascade.find(StageKind::SpectrogramGenerator);
    return cascade.find(StageKind::WaveformGenerator) && cascade.find(StageKind::WaveformCascader);
}

std::vector<StepOutline> outlineOf(const RouteChoice& choice, const model::CascadeConfig& cascade) {
    if (!hasRoute(cascade, choice.route)) {
        const std::string other = choice.route == "waveform" ? "spectrogram" : "waveform";
        if (hasRoute(cascade, other))
            throw base::InvalidInput("the bundle \"{}\" has no {} route; it has the {} route", cascade.name,
                                     choice.route, other);
        throw base::InvalidInput("the bundle \"{}\" has no {} route", cascade.name, choice.route);
    }
    const StageKind generator =
        choice.route == "spectrogram" ? StageKind::SpectrogramGenerator : StageKind::WaveformGenerator;
    return {network(StepKind::Generator, *cascade.find(generator)), soundStep(choice, cascade),
            fullRateStep(choice, cascade)};
}

} // namespace n2m::cascade
