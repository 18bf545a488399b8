#include "app/ConsoleMonitor.h"
#include "app/Interrupt.h"
#include "app/TrainDetectors.h"
#include "app/Verbs.h"

#include "engine/base/Error.h"
#include "engine/composer/Vocabulary.h"
#include "engine/corpus/NoteSpectraMeasurement.h"
#include "engine/model/NoteSpectraFile.h"
#include "engine/training/EmbeddingTrainer.h"
#include "engine/training/TextTrainer.h"
#include "engine/training/Trainer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <unistd.h>
#include <vector>

namespace n2m::app {

namespace {

// Training runs for hours and is often left alone, so its progress is written as lines where there is not a terminal.
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

void trainStage(const training::TrainingOptions& options) {
    if (options.configuration.empty())
        throw base::InvalidInput("--config is required: the cascade's configuration, a JSON file");
    training::trainStage(options, show, [] { return interruptSignal() != 0; });
    if (interruptSignal() == 0) fmt::print("{}\n", options.output.string());
    throwIfInterrupted();
}

// Captions are drawn as they are needed, so it needs no data set; and it takes minutes, so there is nothing to resume.
void trainText(const training::TrainingOptions& options) {
    if (!options.data.empty() || !options.configuration.empty())
        throw base::InvalidInput("the text model is trained on captions of its own; leave out --data and --config");
    if (options.steps < 0 || options.steps > 1'000'000)
        throw base::InvalidInput("--steps takes 0 to 1000000 for the text model");
    std::error_code ignored;
    if (std::filesystem::exists(options.output / "cascade.json", ignored))
        throw base::InvalidInput(
            "the stages in '{}' need the text model that they were trained with; name another folder",
            options.output.string());
    training::TextTrainingOptions text;
    text.output = options.output;
    text.seed = options.seed;
    if (options.steps > 0) text.steps = static_cast<int>(options.steps);
    ConsoleMonitor monitor;
    const auto report =
        training::trainText(composer::Vocabulary(), text, [&](const training::TextTrainingProgress& progress) {
            Progress shown;
            shown.stage = progress.phase;
            shown.step = progress.step;
            shown.steps = progress.steps;
            if (progress.phase == "training") shown.secondsLeft = progress.secondsLeft;
            monitor.step(shown);
        });
    monitor.wipe();
    fmt::print("{}\n{}", options.output.string(), report.text());
}

// Note spectra are measured on the corpus's soundfont, not trained, but the training of a generator needs them.
void measureNoteSpectra(const training::TrainingOptions& options) {
    if (!options.data.empty() || !options.configuration.empty())
        throw base::InvalidInput("note spectra are measured on the soundfont; leave out --data and --config");
    const auto file = options.output / "note-spectra.safetensors";
    corpus::Renderer renderer;
    std::filesystem::create_directories(options.output); // before a minute's work, but not without a soundfont
    ConsoleMonitor monitor;
    const auto spectra = corpus::measureNoteSpectra(composer::Vocabulary(), renderer, [&](int done, int count) {
        Progress shown;
        shown.stage = "note spectra";
        shown.step = done;
        shown.steps = count;
        monitor.step(shown);
    });
    model::writeNoteSpectra(file, spectra);
    monitor.wipe();
    fmt::print("{}\n  {} instruments and drum kits\n", file.string(), spectra.instruments().size());
}

struct TeacherOptions {
    std::vector<std::string> files;
    std::string heldOut, hearing;
};

void trainEmbedding(const training::TrainingOptions& options, const TeacherOptions& teacher) {
    if (options.data.empty()) throw base::InvalidInput("--data is required: a folder with a clips.jsonl");
    if (!options.configuration.empty() || options.device != "cpu" || options.processes != 1)
        throw base::InvalidInput("the joint embedding is trained by one process on the CPU; leave out --config, "
                                 "--device and --processes");
    training::EmbeddingTrainingOptions joint;
    joint.data = options.data;
    joint.output = options.output;
    joint.teacher.assign(teacher.files.begin(), teacher.files.end());
    joint.teacherHeldOut = teacher.heldOut;
    joint.hearing = teacher.hearing;
    if (options.steps > 0) joint.steps = options.steps;
    joint.minutes = options.minutes;
    joint.checkpointMinutes = options.checkpointMinutes;
    joint.threads = options.threads;
    joint.seed = options.seed;
    training::trainEmbedding(joint, show, [] { return interruptSignal() != 0; });
    if (interruptSignal() == 0) fmt::print("{}\n", (options.output / "embedding").string());
    throwIfInterrupted();
}

} // namespace

void addTrainVerb(CLI::App& program) {
    auto options = std::make_shared<training::TrainingOptions>();
    CLI::App* verb = program.add_subcommand("train", "Trains or resumes a stage of a cascade on a folder of music");
    verb->add_option("stage", options->stage,
                     "A stage of the configuration; or \"text\", the text model; or \"note-spectra\", the sound of "
                     "instruments; or \"embedding\", the joint embedding of words and music; or \"detectors\", which "
                     "evaluate uses")
        ->required();
    verb->add_option(
        "--data", options->data,
        "Folder with a clips.jsonl (see: noise2music corpus); of a score generator a scores.jsonl, or none");
    verb->add_option("--config", options->configuration, "The cascade's configuration, a JSON file");
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
    verb->add_option("--seed", options->seed, "Seed of weights, batches and noise")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    auto teacher = std::make_shared<TeacherOptions>();
    verb->add_option(
            "--teacher", teacher->files,
            "(embedding) Texts with a sentence encoder's vectors, by tools/teacher-embeddings.py; may be repeated")
        ->type_name("FILE");
    verb->add_option("--hearing", teacher->hearing,
                     "(embedding) Detectors whose convolutions the audio tower takes over, as they are")
        ->type_name("FILE");
    verb->add_option("--teacher-heldout", teacher->heldOut, "(embedding) Such a file that is only measured on")
        ->type_name("FILE");
    verb->callback([options, teacher] {
        const bool teaches = !teacher->files.empty() || !teacher->heldOut.empty() || !teacher->hearing.empty();
        if (teaches && options->stage != "embedding")
            throw base::InvalidInput("--teacher, --teacher-heldout and --hearing are for the joint embedding");
        if (options->stage == "text")
            trainText(*options);
        else if (options->stage == "note-spectra")
            measureNoteSpectra(*options);
        else if (options->stage == "embedding")
            trainEmbedding(*options, *teacher);
        else if (options->stage == "detectors")
            trainDetectors(options->data, options->output, options->seed);
        else
            trainStage(*options);
    });
}

} // namespace n2m::app
