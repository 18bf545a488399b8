#pragma once

#include "engine/Pipeline.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <optional>
#include <string>

namespace n2m::test {

/// Replaces the engine: makes a tone whose pitch is the seed, in a few steps, with a recipe that gives it again.
class FakeEngine {
public:
    std::atomic<int> made = 0;
    std::atomic<bool> wait = false;    ///< stay in the middle of a clip until it is false again or the job is cancelled
    std::atomic<bool> deaf = false;    ///< the same, but like one long step: a cancel is not noticed
    std::atomic<bool> running = false; ///< a clip is in its middle
    std::string error;                 ///< to be thrown
    std::optional<Repaint> repainted;  ///< of the last clip

    Generation operator()(const Request& request, Monitor& monitor);

    /// The plan of the request, or one with bars of 2 s.
    static plan::Plan planOf(const Request& request);

private:
    static nlohmann::json stageOf(const Request& request);
    static nlohmann::json recipeOf(const Request& request);
    /// The spectrogram of the clip.
    static Estimate estimateOf(const Request& request);
};

} // namespace n2m::test
