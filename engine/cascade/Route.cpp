#include "engine/cascade/Route.h"

#include <fmt/format.h>

#include <stdexcept>

namespace n2m::cascade {

using model::StageKind;

namespace {

constexpr int fourierRate = 24000;
constexpr int griffinLimIterations = 32;

bool hasRoute(const Cascade& cascade, const std::string& name) {
    if (name == "spectrogram") return cascade.find(StageKind::SpectrogramGenerator);
    return cascade.find(StageKind::WaveformGenerator) && cascade.find(StageKind::WaveformCascader);
}

const Stage* need(const Cascade& cascade, StageKind kind, const char* otherwise) {
    if (const Stage* stage = cascade.find(kind)) return stage;
    throw std::invalid_argument(fmt::format("the bundle \"{}\" has no {}; choose \"{}\" instead", cascade.config().name,
                                            toString(kind), otherwise));
}

} // namespace

int Route::sampleRate() const {
    return superResolution ? superResolution->config().sampleRate : fourierRate;
}

Route routeFor(const Request& request, const Cascade& cascade) {
    if (!hasRoute(cascade, request.route)) {
        const std::string other = request.route == "waveform" ? "spectrogram" : "waveform";
        throw std::invalid_argument(fmt::format("the bundle \"{}\" has no {} route{}", cascade.config().name,
                                                request.route,
                                                hasRoute(cascade, other) ? "; it has the " + other + " route" : ""));
    }
    Route route;
    if (request.route == "spectrogram") {
        route.generator = cascade.find(StageKind::SpectrogramGenerator);
        if (request.vocoder.value_or(cascade.config().vocoder) == "diffusion") {
            route.second = need(cascade, StageKind::Vocoder, "griffin-lim");
        }
    } else {
        route.generator = cascade.find(StageKind::WaveformGenerator);
        route.second = cascade.find(StageKind::WaveformCascader);
    }
    if (request.superResolution.value_or(cascade.config().superResolution) == "diffusion") {
        route.superResolution = need(cascade, StageKind::SuperResolution, "fourier");
    }
    const std::array<const Stage*, 3> stages{route.generator, route.second, route.superResolution};
    for (std::size_t index = 0; index < stages.size(); ++index) {
        model::SamplingConfig defaults;
        if (stages[index]) {
            defaults = stages[index]->config().sampling;
        } else {
            defaults.steps = index == 1 ? griffinLimIterations : 1;
        }
        route.sampling[index] =
            resolved(defaults, index < request.stages.size() ? request.stages[index] : StageSettings());
    }
    const bool wishes = request.bpm || request.key || request.chords || request.givenPlan;
    if (wishes && !route.generator->config().plan) {
        throw std::invalid_argument(fmt::format("the {} of the bundle \"{}\" takes no plan: leave out tempo, key, "
                                                "chords and plan, or choose another bundle",
                                                route.generator->config().name, cascade.config().name));
    }
    return route;
}

} // namespace n2m::cascade
