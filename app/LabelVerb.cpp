#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/Interrupt.h"
#include "app/OutputFile.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/base/Error.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/labelling/Agreement.h"
#include "engine/labelling/CaptionWriter.h"
#include "engine/labelling/Labelling.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>

namespace n2m::app {
namespace {

struct Options {
    std::string writeTo, songs, kind = "long";
    labelling::CaptionWriterOptions captions;
    labelling::ChatOptions chat;
    labelling::LabellingOptions labels;
    labelling::AgreementOptions agreement;
    std::string music, set, longFile, shortFile, measure, bundle, embedding;
    bool json = false;
};

Progress shownProgress(const std::string& stage, std::size_t done, std::size_t all, double secondsLeft = -1.0) {
    Progress shown;
    shown.stage = stage;
    shown.step = static_cast<int>(done);
    shown.steps = static_cast<int>(all);
    shown.secondsLeft = secondsLeft;
    return shown;
}

void writeCaptions(Options options) {
    const Stopwatch time;
    options.captions.file = options.writeTo;
    options.captions.songs = options.songs;
    options.captions.kind = options.kind == "short" ? labelling::CaptionKind::Short : labelling::CaptionKind::Long;
    if (const char* key = std::getenv("N2M_API_KEY")) options.chat.key = key;
    labelling::ChatServer server(options.chat, [] { throwIfInterrupted(); });
    checkWritable(options.captions.file);
    ConsoleMonitor monitor;
    const auto report = labelling::writeCaptions(
        options.captions,
        [&](const std::vector<labelling::ChatTurn>& turns, std::uint64_t seed) { return server.ask(turns, seed); },
        [&](const labelling::CaptionWriterReport& progress) {
            const std::size_t done = std::min(progress.captions, options.captions.count);
            const double left = progress.written == 0 ? -1.0
                                                      : time.seconds() / static_cast<double>(progress.written) *
                                                            static_cast<double>(options.captions.count - done);
            monitor.step(shownProgress("captions", done, options.captions.count, left));
        });
    monitor.wipe();
    if (options.json) {
        nlohmann::ordered_json result = {{"file", options.writeTo},       {"captions", report.captions},
                                         {"new", report.written},         {"answers", report.answers},
                                         {"requests", server.requests()}, {"refused", report.refused}};
        if (report.answers > 0) result["model"] = server.model();
        fmt::print("{}\n", result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        fmt::print("{}\n  {} captions, {} of them new", options.writeTo, report.captions, report.written);
        if (report.answers > 0)
            fmt::print(" from {} answers of {} in {:.0f} s; {} were not fit or known already", report.answers,
                       server.model(), time.seconds(), report.refused);
        fmt::print("\n");
    }
}

labelling::Embedder loadEmbedder(const Options& options) {
    const auto joint = embedding::JointEmbedding::load(
        options.embedding.empty() ? findBundle(options.bundle) : std::filesystem::path(options.embedding));
    return {joint.identity(), [joint](std::span<const std::string> texts) { return joint.texts(texts); },
            [joint](std::span<const float> levels) { return joint.logMel(levels); }};
}

std::string hours(double seconds) {
    const auto whole = static_cast<long>(seconds + 0.5);
    return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

void labelMusic(Options options) {
    options.labels.music = options.music;
    options.labels.set = options.set;
    options.labels.longFile = options.longFile;
    options.labels.shortFile = options.shortFile;
    options.labels.seed = options.captions.seed;
    const Stopwatch time;
    ConsoleMonitor monitor;
    labelling::LabellingObserver observer;
    observer.progress = [&](const labelling::LabellingProgress& progress) {
        monitor.step(shownProgress(progress.stage, progress.done, progress.all, progress.secondsLeft));
    };
    observer.skipped = [&](const std::string& line) {
        monitor.wipe();
        fmt::print(stderr, "noise2music: skipped: {}\n", line);
    };
    const auto report = labelling::labelMusic(options.labels, loadEmbedder(options), observer);
    monitor.wipe();
    const auto list = std::filesystem::path(options.set) / "clips.jsonl";
    if (options.json) {
        const nlohmann::ordered_json result = {{"list", list.string()},
                                               {"clips", report.clips},
                                               {"heard", report.heard},
                                               {"skipped", report.skipped},
                                               {"seconds", report.seconds},
                                               {"longCaptions", report.longCaptions},
                                               {"usedLongCaptions", report.differentLongs},
                                               {"shortCaptions", report.shortCaptions},
                                               {"usedShortCaptions", report.differentShorts}};
        fmt::print("{}\n", result.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return;
    }
    fmt::print("{}\n  {} clips, {} of sound; {} of them new, in {:.0f} s\n", list.string(), report.clips,
               hours(report.seconds), report.heard, time.seconds());
    fmt::print("  {} of {} long captions and {} of {} short ones are used\n", report.differentLongs,
               report.longCaptions, report.differentShorts, report.shortCaptions);
    if (report.skipped > 0) fmt::print("  {} files were skipped\n", report.skipped);
}

void measure(Options options) {
    options.agreement.data = options.measure;
    options.agreement.nearest = options.labels.nearest;
    options.agreement.draw = options.labels.draw;
    options.agreement.seed = options.captions.seed;
    ConsoleMonitor monitor;
    const auto report = labelling::measureAgreement(options.agreement, loadEmbedder(options),
                                                    [&](const std::string& stage, std::size_t done, std::size_t all) {
                                                        monitor.step(shownProgress(stage, done, all));
                                                    });
    monitor.wipe();
    if (options.json) {
        nlohmann::ordered_json rows = nlohmann::ordered_json::array();
        for (const labelling::Agreement& row : report.rows)
            rows.push_back({{"captions", row.captions},
                            {"attribute", row.attribute},
                            {"said", row.said},
                            {"precision", row.precision},
                            {"interval", {row.low, row.high}},
                            {"precisionOfNearest", row.nearest},
                            {"chance", row.chance}});
        const nlohmann::ordered_json result = {{"clips", report.clips},
                                               {"longCaptions", report.longCaptions},
                                               {"shortCaptions", report.shortCaptions},
                                               {"rows", rows}};
        fmt::print("{}\n", result.dump(2));
        return;
    }
    fmt::print("{} held-out clips; {} long captions, {} short ones\n", report.clips, report.longCaptions,
               report.shortCaptions);
    fmt::print("{:<8} {:<6} {:>6} {:>8} {:>12} {:>9} {:>8}\n", "captions", "word", "said", "right", "95%", "nearest",
               "chance");
    for (const labelling::Agreement& row : report.rows)
        fmt::print("{:<8} {:<6} {:>6} {:>7.1f}% {:>5.1f}-{:>5.1f}% {:>8.1f}% {:>7.1f}%\n", row.captions, row.attribute,
                   row.said, 100.0 * row.precision, 100.0 * row.low, 100.0 * row.high, 100.0 * row.nearest,
                   100.0 * row.chance);
}

void label(const Options& options) {
    const int tasks =
        (options.music.empty() ? 0 : 1) + (options.writeTo.empty() ? 0 : 1) + (options.measure.empty() ? 0 : 1);
    if (tasks != 1)
        throw base::InvalidInput("give one of these: a folder of music and -o, --write-captions, or --measure");
    if (!options.writeTo.empty())
        writeCaptions(options);
    else if (!options.measure.empty())
        measure(options);
    else
        labelMusic(options);
}

} // namespace

void addLabelVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb =
        program.add_subcommand("label", "Makes a training set of a folder of music: gives each file the captions "
                                        "that fit its sound, by the joint embedding");
    verb->footer("Files that cannot be read are named and left out; the exit status is 1 only if none could be read.");
    verb->add_option("MUSIC", options->music, "Folder of music; also looks into the folders in it")->type_name("DIR");
    verb->add_option("-o", options->set,
                     "Folder of the training set; in that of an earlier run, listens to new and changed files only")
        ->type_name("DIR");
    verb->add_option("--long", options->longFile,
                     "Sentences to choose from, a text file with one per line; else the program's own")
        ->type_name("FILE");
    verb->add_option("--short", options->shortFile, "The same for short labels")->type_name("FILE");
    verb->add_option("--nearest", options->labels.nearest, "Captions of each kind that are kept as the nearest")
        ->type_name("K")
        ->capture_default_str();
    verb->add_option("--draw", options->labels.draw, "Captions that are drawn from them, rare ones more often")
        ->type_name("N")
        ->capture_default_str();
    verb->add_flag("--copy", options->labels.copy,
                   "Copy the sound files into the training set, so that it can be moved; else it refers to them");
    verb->add_option(
            "--measure", options->measure,
            "Instead: label the held-out clips of this data set (see: noise2music corpus) by the program's own "
            "captions, and count how many labels are right")
        ->type_name("DIR");
    verb->add_option("--clips", options->agreement.clips, "Clips to measure at most")
        ->needs("--measure")
        ->type_name("N");
    verb->add_option("--embedding", options->embedding, "Folder of a joint embedding; else that of the bundle")
        ->type_name("DIR");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    const char* const writing = "Captions by a language model";
    verb->add_option("--write-captions", options->writeTo,
                     "Have a language model write captions into this text file, one per line; adds to a file of an "
                     "earlier run")
        ->type_name("FILE")
        ->group(writing);
    const auto about = [&](CLI::Option* option) { option->needs("--write-captions")->group(writing); };
    about(verb->add_option("--count", options->captions.count, "Captions that the file is to have at least")
              ->type_name("N")
              ->capture_default_str());
    about(verb->add_option("--kind", options->kind, "long (sentences) or short (labels)")
              ->check(CLI::IsMember({"long", "short"}))
              ->type_name("KIND")
              ->capture_default_str());
    about(verb->add_option("--url", options->chat.url,
                           "Address of an OpenAI-compatible server, such as llama.cpp's or Ollama's "
                           "(http://127.0.0.1:11434/v1); a key for it is read from $N2M_API_KEY")
              ->type_name("URL")
              ->capture_default_str());
    about(verb->add_option("--model", options->chat.model, "Name of the model; else the first that the server lists")
              ->type_name("NAME"));
    about(verb->add_option("--temperature", options->chat.temperature, "Variety of the answers, 0 to 2")
              ->type_name("X")
              ->capture_default_str());
    about(verb->add_option("--timeout", options->chat.seconds, "Longest time for an answer, in seconds")
              ->type_name("S")
              ->capture_default_str());
    about(verb->add_option("--songs", options->songs,
                           "Songs to ask about, a text file with a line per song: Title by Artist; else invented ones")
              ->type_name("FILE"));
    verb->add_option("--seed", options->captions.seed, "Seed of all that is drawn")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N")
        ->capture_default_str();
    verb->add_flag("--json", options->json, "The facts as one JSON object");
    verb->callback([options] { label(*options); });
}

} // namespace n2m::app
