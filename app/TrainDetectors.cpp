#include "app/TrainDetectors.h"

#include "app/ConsoleMonitor.h"

#include "engine/base/Error.h"
#include "engine/evaluation/DetectorTrainer.h"

#include <fmt/format.h>

namespace n2m::app {

void trainDetectors(const std::filesystem::path& data, const std::filesystem::path& output, std::uint64_t seed) {
    if (data.empty()) throw base::InvalidInput("--data is required: a folder with a clips.jsonl");
    evaluation::DetectorTrainingOptions options;
    options.data = data;
    options.output = output;
    options.seed = seed;
    ConsoleMonitor monitor;
    const auto report = evaluation::trainDetectors(options, [&](const evaluation::DetectorTrainingProgress& progress) {
        Progress shown;
        shown.stage = progress.phase;
        shown.step = progress.step;
        shown.steps = progress.steps;
        shown.secondsLeft = progress.secondsLeft;
        monitor.step(shown);
    });
    monitor.wipe();
    fmt::print("{}\n{}", (output / "detectors.safetensors").string(), report.text());
}

} // namespace n2m::app
