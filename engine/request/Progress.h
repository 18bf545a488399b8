#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace n2m::plan {
struct Plan;
}

namespace n2m {

/// Where a generation is. Reported before the first and after every sampler step.
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

/// What a running stage takes the clip to be at the moment: the x_0 that its network sees behind the noise, or its
/// result. Plain numbers, a copy of its own; moved along, it belongs to whoever has it last.
struct Estimate {
    std::string stage;     ///< a stage's name, as in Progress
    bool finished = false; ///< the stage's result, which is no guess any more
    double seconds = 0.0;  ///< of the clip that is being made
    int bands = 0;         ///< 0: the stage makes sound
    /// Log-mel of audio::MelConfig in [−1, 1], row-major [bands, frames]; empty where the stage makes sound.
    std::vector<float> spectrogram;
    int sampleRate = 0;       ///< 0: the stage makes a spectrogram
    std::vector<float> sound; ///< mono, about full scale; not mastered yet: louder or softer than the clip will be
};

/// Thrown through Pipeline::run by Monitor::step when the user cancels.
class Cancelled : public std::runtime_error {
public:
    Cancelled()
        : std::runtime_error("cancelled") {}
};

/// What watches a generation. Called on the engine thread, between two denoising steps; may throw Cancelled.
class Monitor {
public:
    virtual ~Monitor() = default;
    virtual void step(const Progress& progress) = 0;

    /// The plan that the clip is made to, as soon as it stands; not called where there is none. On the engine thread.
    virtual void planned(const plan::Plan& /*plan*/) {}

    /// Whether estimate() is to be called. Asked after every step; who says yes is shown the stage's estimate between
    /// two steps, at most every half second and for at most a hundredth of the time, and every stage's result.
    virtual bool wantsEstimates() const { return false; }
    /// On the engine thread, which waits meanwhile: take it and return. May throw Cancelled.
    virtual void estimate(Estimate /*estimate*/) {}
};

} // namespace n2m
