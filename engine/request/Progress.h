#pragma once

#include "engine/base/Error.h"

#include <string>
#include <vector>

namespace n2m::plan {
struct Plan;
}

namespace n2m {

/// How far a generation is. Reported before the first and after every sampler step.
struct Progress {
    std::string stage; ///< "loading", "planning", or a stage's name
    int stageIndex = 0, stageCount = 0;
    int step = 0, steps = 0;
    double stageSeconds = 0.0; ///< since the stage began
    double secondsLeft = -1.0; ///< estimate for the whole run; negative = not known yet
};

/// The time that a part of a run took.
struct StageTiming {
    std::string stage;
    double seconds = 0.0;
    int steps = 0;
    double multiplyAdds = 0.0; ///< of one step, guidance included; 0 where the part is not a network
};

/// The clip as a running stage estimates it at the moment: the x_0 that its network predicts, or the stage's result. A
/// plain value with data of its own.
struct Estimate {
    std::string stage;     ///< a stage's name, as in Progress
    bool finished = false; ///< this is the stage's result, not a guess
    double seconds = 0.0;  ///< of the clip that is being made
    int bands = 0;         ///< 0: the stage makes sound
    /// Log-mel of audio::MelConfig in [−1, 1], row-major [bands, frames]; empty where the stage makes sound.
    std::vector<float> spectrogram;
    int sampleRate = 0;       ///< 0: the stage makes a spectrogram
    std::vector<float> sound; ///< mono, near full scale, not mastered: louder or softer than the clip will be
};

/// Thrown through Pipeline::run by Monitor::step when the user cancels.
class Cancelled : public base::Failure {
public:
    Cancelled()
        : base::Failure("cancelled") {}
};

/// An observer of a generation. Called on the engine thread, between two denoising steps; may throw Cancelled.
class Monitor {
public:
    virtual ~Monitor() = default;
    virtual void step(const Progress& progress) = 0;

    /// Receives the plan of the clip as soon as it is decided; not called without a plan. On the engine thread.
    virtual void planned(const plan::Plan& /*plan*/) {}

    /// Whether estimate() should be called. Asked after every step. If true, estimate() gets the stage's estimate
    /// between two steps, at most every half second and for at most a hundredth of the time, and every stage's result.
    virtual bool wantsEstimates() const { return false; }
    /// Called on the engine thread, which waits meanwhile: keep the estimate and return. May throw Cancelled.
    virtual void estimate(Estimate /*estimate*/) {}

    /// Seconds that a step of this stage is remembered to take, in a clip as long as this one; negative: not known.
    /// Asked for a stage that has not run since the model was loaded. On the engine thread.
    virtual double rememberedSecondsPerStep(const std::string& /*stage*/) const { return -1.0; }
};

} // namespace n2m
