#include "app/ConsoleMonitor.h"
#include "app/Verbs.h"

#include "engine/corpus/Corpus.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <thread>

namespace n2m::app {
namespace {

struct Options {
    corpus::CorpusOptions corpus;
    std::string folder, soundfont;
    bool json = false;
};

void writeCorpus(Options options) {
    options.corpus.folder = options.folder;
    options.corpus.soundfont = options.soundfont;
    ConsoleMonitor monitor;
    corpus::CorpusProgress last;
    corpus::writeCorpus(options.corpus, [&](const corpus::CorpusProgress& progress) {
        last = progress;
        Progress shown;
        shown.stage = "corpus";
        shown.step = progress.done;
        shown.steps = progress.clips;
        if (progress.secondsPerClip > 0.0)
            shown.secondsLeft = progress.secondsPerClip * (progress.clips - progress.done);
        monitor.step(shown);
    });
    monitor.wipe();
    const auto list = std::filesystem::path(options.folder) / "clips.jsonl";
    if (options.json) {
        const nlohmann::ordered_json result = {{"list", list.string()},
                                               {"clips", last.clips},
                                               {"rendered", last.clips - last.skipped},
                                               {"secondsPerClip", last.secondsPerClip}};
        fmt::print("{}\n", result.dump(2));
    } else {
        fmt::print("{}\n  {} clips, {} of them new", list.string(), last.clips, last.clips - last.skipped);
        if (last.secondsPerClip > 0.0) fmt::print(", {:.2f} s each", last.secondsPerClip);
        fmt::print("\n");
    }
}

} // namespace

void addCorpusVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    options->corpus.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    CLI::App* verb = program.add_subcommand(
        "corpus", "Composes and renders training music; in a folder of an earlier run, adds the missing clips");
    verb->add_option("--clips", options->corpus.clips, "Number of clips")->required()->type_name("N");
    verb->add_option("--seed", options->corpus.seed, "Seed of the first clip; each further clip has the next")
        ->check(CLI::NonNegativeNumber)
        ->type_name("S");
    verb->add_option("-o", options->folder, "Output folder")->required()->type_name("DIR");
    verb->add_option("--seconds", options->corpus.seconds, "Length of a clip")->type_name("S")->capture_default_str();
    verb->add_option("--threads", options->corpus.threads, "Clips rendered at the same time")->type_name("N");
    verb->add_option("--soundfont", options->soundfont, "Soundfont (.sf2, .sf3); else $N2M_SOUNDFONT, else Debian's")
        ->type_name("FILE");
    verb->add_flag("--json", options->json, "The facts as one JSON object");
    verb->callback([options] { writeCorpus(*options); });
}

} // namespace n2m::app
