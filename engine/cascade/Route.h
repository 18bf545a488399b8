#pragma once

#include "engine/cascade/Cascade.h"
#include "engine/request/Request.h"

#include <array>

namespace n2m::cascade {

/// The stages that a request passes through, and how each is sampled. Points into a cascade.
struct Route {
    const Stage* generator = nullptr;
    const Stage* second = nullptr;                 ///< vocoder or cascader; nullptr = Griffin-Lim
    const Stage* superResolution = nullptr;        ///< nullptr = Fourier
    std::array<model::SamplingConfig, 3> sampling; ///< in that order

    bool isSpectrogram() const { return generator->config().kind == model::StageKind::SpectrogramGenerator; }
    int griffinLimIterations() const { return sampling[1].steps; } ///< where `second` is nullptr
    int sampleRate() const;                                        ///< of the finished clip
};

/// Throws std::invalid_argument, one line, where the cascade has no such route or lacks one of its stages.
Route routeFor(const Request& request, const Cascade& cascade);

} // namespace n2m::cascade
