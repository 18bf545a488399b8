#pragma once

#include "engine/cascade/Cascade.h"
#include "engine/cascade/Generator.h"
#include "engine/cascade/RouteOutline.h"
#include "engine/cascade/SoundStep.h"
#include "engine/request/Request.h"

#include <cstdint>
#include <vector>

namespace n2m::cascade {

/// The purposes of a request's seed, each with a derived seed of its own. Steps have their place in the route.
enum SeedPurpose : std::uint64_t { generatorSeed, soundSeed, fullRateSeed };

/// The steps that a request passes through, ready to run. Borrows a cascade. One thread.
class Route {
public:
    /// Throws base::InvalidInput where the cascade has no such route or lacks one of its stages, and for a request with
    /// a plan where the generator takes none.
    Route(const Request& request, const Cascade& cascade);

    const Generator& generator() const { return m_generator; }
    const std::vector<SoundStepPointer>& steps() const { return m_steps; } ///< behind the generator

    /// The parts of a run's progress. `input` is the generator's.
    std::vector<RunPart> parts(const StageInput& input, double seconds, bool spectrogramOnly) const;

    /// `run` has the request's seed. Both throw as Stage::sample does, and what the monitor throws.
    Signal generate(const StageInput& input, const StepRun& run) const;
    /// Takes what generate() made through the steps behind the generator; not mastered.
    audio::Clip toSound(const Signal& generated, const StepRun& run) const;

private:
    Route(const Request& request, const Cascade& cascade, const std::vector<StepOutline>& outline);

    Generator m_generator;
    std::vector<SoundStepPointer> m_steps;
};

} // namespace n2m::cascade
