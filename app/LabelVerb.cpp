#include "app/ConsoleMonitor.h"
#include "app/Interrupt.h"
#include "app/OutputFile.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/base/Error.h"
#include "engine/labelling/CaptionWriter.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <memory>

namespace n2m::app {
namespace {

struct Options {
    std::string writeTo, songs, kind = "long";
    labelling::CaptionWriterOptions captions;
    labelling::ChatOptions chat;
    bool json = false;
};

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
            Progress shown;
            shown.stage = "captions";
            shown.step = static_cast<int>(progress.captions);
            shown.steps = static_cast<int>(options.captions.count);
            if (progress.written > 0)
                shown.secondsLeft = time.seconds() / static_cast<double>(progress.written) *
                                    static_cast<double>(options.captions.count - progress.captions);
            monitor.step(shown);
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

void label(const Options& options) {
    if (options.writeTo.empty()) throw base::InvalidInput("name a file with --write-captions");
    writeCaptions(options);
}

} // namespace

void addLabelVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("label", "Gives captions to music that has none");
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
