#pragma once

#include "engine/evaluation/EvaluationRun.h"
#include "engine/request/Progress.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace n2m::evaluation {

/// Measures of the scores that a bundle's score generator writes. Plain C++: for programs, which never see torch.
struct ScoreEvaluationRun {
    std::filesystem::path bundle, scores; ///< a set of real scores (training::DataSet, scores.jsonl)
    std::string device = "cpu";
    int clips = 100; ///< of each kind
    int beats = 64;  ///< of each clip
    std::uint64_t seed = 1;
    bool chords = true; ///< show the generator the clips' chords
};

/// Four kinds of scores side by side, each figure with its mean and a bootstrap interval: held-out pieces of the
/// composer, the model's from their captions and plans, held-out real scores, the model's from theirs. No instrument is
/// given, so that the figures for instruments say how the model follows the words. Then the variety of twelve seeds of
/// three prompts. Throws base::InvalidInput for a bundle without a score generator, and as DataSet and Cascade do.
EvaluationResult evaluateScores(const ScoreEvaluationRun& run,
                                const std::function<void(const std::string& part, int step, int steps)>& part);

} // namespace n2m::evaluation
