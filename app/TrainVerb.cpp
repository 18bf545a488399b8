#include "app/Interrupt.h"
#include "app/Verbs.h"

#include "engine/training/Trainer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <unistd.h>

namespace n2m::app {

namespace {

// Training runs for hours and is often left alone: its progress also goes to a log, as lines.
void show(const training::TrainingProgress& progress) {
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    if (!progress.note.empty()) {
        fmt::print(stderr, "{}{}\n", terminal ? "\r\033[K" : "", progress.note);
        return;
    }
    const auto left = static_cast<long>(progress.secondsLeft);
    fmt::print(stderr, "{}step {} of {}  loss {:.5f}  {:.2f} clips/s  {}:{:02}:{:02} left{}{}",
               terminal ? "\r\033[K" : "", progress.step, progress.steps, progress.loss, progress.clipsPerSecond,
               left / 3600, left / 60 % 60, left % 60,
               progress.skipped > 0 ? fmt::format("  {} steps skipped", progress.skipped) : "", terminal ? "" : "\n");
    std::fflush(stderr);
}

} // namespace

void addTrainVerb(CLI::App& program) {
    auto options = std::make_shared<training::TrainingOptions>();
    CLI::App* verb = program.add_subcommand("train", "Trains or resumes a stage of a cascade on a folder of music");
    verb->add_option("stage", options->stage, "The stage: a name in the configuration")->required();
    verb->add_option("--data", options->data, "Folder with a clips.jsonl (see: noise2music corpus)")->required();
    verb->add_option("--config", options->configuration, "The cascade's configuration, a JSON file")->required();
    verb->add_option("-o,--output", options->output, "Folder of the bundle that is trained; made where it is missing")
        ->required();
    verb->add_option("--device", options->device, "cpu or cuda")
        ->capture_default_str()
        ->check(CLI::IsMember({"cpu", "cuda"}));
    verb->add_option("--processes", options->processes,
                     "Processes that train together (CPU); on few cores as many as cores is fastest")
        ->capture_default_str();
    verb->add_option("--threads", options->threads, "Threads of each process; 0 = the cores divided by the processes")
        ->capture_default_str();
    verb->add_option("--steps", options->steps, "Stop at this step; 0 = the configuration's number")
        ->capture_default_str();
    verb->add_option("--minutes", options->minutes, "Stop after this long; 0 = no limit")->capture_default_str();
    verb->add_option("--checkpoint-minutes", options->checkpointMinutes, "Time between checkpoints")
        ->capture_default_str();
    verb->add_option("--seed", options->seed, "Seed of weights, batches and noise")->capture_default_str();
    verb->callback([options] {
        training::trainStage(*options, show, [] { return interruptSignal() != 0; });
        if (interruptSignal() == 0) fmt::print("{}\n", options->output.string());
        throwIfInterrupted();
    });
}

} // namespace n2m::app
