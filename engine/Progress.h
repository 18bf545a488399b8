#pragma once

#include <stdexcept>
#include <string>

namespace n2m {

/// Where a generation is. Reported before the first and after every sampler step.
struct Progress {
    std::string stage; ///< "loading", "planning", or a stage's name
    int stageIndex = 0, stageCount = 0;
    int step = 0, steps = 0;
    double stageSeconds = 0.0; ///< since the stage began
    double secondsLeft = -1.0; ///< estimate for the whole run; negative = not known yet
};

/// Thrown through Pipeline::run by Monitor::step when the user cancels.
class Cancelled : public std::runtime_error {
public:
    Cancelled() : std::runtime_error("cancelled") {}
};

/// What watches a generation. Called on the engine thread, between two denoising steps; may throw Cancelled.
class Monitor {
public:
    virtual ~Monitor() = default;
    virtual void step(const Progress& progress) = 0;
};

} // namespace n2m
