#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace n2m::training {

struct TrainingOptions {
    std::string stage;                   ///< a stage of the configuration
    std::filesystem::path data;          ///< a data set (see DataSet.h); may be empty for a score generator
    std::filesystem::path configuration; ///< a cascade's JSON
    std::filesystem::path output;        ///< the bundle that is trained; made where it is missing
    std::string device = "cpu";
    int processes = 1;      ///< on the CPU; each gets its share of the batch
    int threads = 0;        ///< of each process; 0 = the cores divided by the processes
    std::int64_t steps = 0; ///< stop at this step; 0 = the configuration's number
    double minutes = 0.0;   ///< stop after this long; 0 = no limit
    double checkpointMinutes = 10.0;
    std::uint64_t seed = 0;
};

struct TrainingProgress {
    std::int64_t step = 0, steps = 0;
    double loss = 0.0; ///< mean since the last report
    double clipsPerSecond = 0.0;
    double secondsLeft = 0.0;
    std::int64_t skipped = 0; ///< steps whose gradients were not finite
    std::string note;         ///< something worth a line of its own ("checkpoint written, …"); else empty
};

/// Trains or resumes a stage of a cascade (Noise2Music, §4): losses, schedules, text and plan dropout, conditioning
/// augmentation, snippets, EMA, warm-up and decay as its configuration says.
///
/// Resumes from the newest checkpoint in `output`/training; else from the weights in `output`; else starts new.
/// Writes there: the averaged weights as part of the bundle, checkpoints, `<stage>.csv` (step, clips, seconds, loss,
/// rate, gradient norm, skipped) and `<stage>-validation.csv` (mean squared error of x_0 on held-out clips at seven
/// noise levels).
///
/// Blocks until done, or until `stop`, which is asked after every step, returns true: the state is then saved. With
/// processes > 1 it forks before it touches torch, so call it first. `report` is called in the first process only.
/// Throws base::InvalidInput or base::Failure.
void trainStage(const TrainingOptions& options, const std::function<void(const TrainingProgress&)>& report,
                const std::function<bool()>& stop);

} // namespace n2m::training
