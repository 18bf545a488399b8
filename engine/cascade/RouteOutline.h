#pragma once

#include "engine/model/StageConfig.h"
#include "engine/request/Request.h"

#include <string>
#include <vector>

/// The steps that a request passes through, decided from a bundle's configuration alone. Free of torch; any thread.
namespace n2m::cascade {

/// The sample rate of finished clips where no super-resolution stage decides it.
inline constexpr int fourierRate = 24000;

/// The way in which a step makes its result. GriffinLim and Fourier are computations, the others networks.
enum class StepKind { Generator, Vocoder, GriffinLim, WaveformCascader, SuperResolution, Fourier };

/// A step of a route with its defaults.
struct StepOutline {
    StepKind kind = StepKind::Generator;
    std::string name;                          ///< the stage's, or "griffin-lim", "fourier"
    const model::StageConfig* stage = nullptr; ///< borrowed from the configuration; null for a computation
    model::SamplingConfig sampling;            ///< the defaults; of a computation, only `steps` counts
};

/// The names that select a route, with the bundle's defaults filled in.
struct RouteChoice {
    std::string route;           ///< "spectrogram" or "waveform"
    std::string vocoder;         ///< "diffusion" or "griffin-lim"
    std::string superResolution; ///< "diffusion" or "fourier"
};

RouteChoice choiceOf(const Request& request, const model::CascadeConfig& cascade);

/// The choice of a request that leaves everything to the bundle: its spectrogram route, or else its waveform route. A
/// computation replaces a network that the bundle lacks.
RouteChoice usualChoice(const model::CascadeConfig& cascade);

bool hasRoute(const model::CascadeConfig& cascade, const std::string& route);

/// The generator, the step to sound, and the step to the full sample rate, in this order; Request.stages has theirs.
/// Throws base::InvalidInput where the cascade lacks the route or one of its stages.
std::vector<StepOutline> outlineOf(const RouteChoice& choice, const model::CascadeConfig& cascade);

} // namespace n2m::cascade
