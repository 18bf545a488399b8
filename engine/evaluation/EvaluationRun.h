#pragma once

#include "engine/evaluation/EvaluationOptions.h"
#include "engine/request/Progress.h"

#include <filesystem>
#include <functional>
#include <string>

namespace n2m::evaluation {

/// A whole evaluation of a bundle, from files to figures. Plain C++: for programs, which never see torch.
struct EvaluationRun {
    std::filesystem::path bundle;
    std::string device = "cpu";
    std::filesystem::path data;      ///< data set with the held-out clips; empty = make no clips
    std::filesystem::path detectors; ///< empty = those that come with the program
    std::filesystem::path keep;      ///< folder for keeping(); empty = keep nothing
    std::filesystem::path sheet;     ///< contact sheet (PNG) of the first captions: real, then generated; empty = none
    EvaluationOptions options;
    int pairs = 0;                     ///< seeds of every attribute pair; needs `data`'s detectors, not its clips
    std::filesystem::path reconstruct; ///< folder of sound files to reconstruct; empty = none
};

struct EvaluationResult {
    std::string text; ///< tables for people
    std::string json; ///< one object
};

/// Reports the next clip of each part to `part`, and the steps of each stage to `monitor`. Throws base::InvalidInput if
/// there is nothing to do, and as Pipeline, Detectors, RealClips, evaluate, comparePairs and reconstruct do.
EvaluationResult runEvaluation(const EvaluationRun& run, Monitor& monitor,
                               const std::function<void(const std::string& part, int step, int steps)>& part);

} // namespace n2m::evaluation
