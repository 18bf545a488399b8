#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/OutputFile.h"
#include "app/RequestOptions.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "engine/plan/Harmony.h"
#include "engine/prompt/HeardAs.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>

#include <unistd.h>

namespace n2m::app {
namespace fs = std::filesystem;
namespace {

constexpr int mostVariations = 1000;
constexpr const char* defaultLibrary = "default"; // write ./default for a folder of that name

struct Options {
    RequestOptions request;
    int variations = 1;
    std::string bundle, device = "cpu", output;
    std::string library; ///< a folder, or defaultLibrary; empty = none
    bool json = false;
};

/// Metadata without a date, so that the same command gives the same bytes.
audio::Metadata metadataOf(const Request& request, const Generation& generation) {
    audio::Metadata metadata;
    metadata.title = request.prompt;
    metadata.software = "Noise2Music Studio " N2M_VERSION;
    metadata.comment = fmt::format("seed {}: {}", request.seed, request.prompt);
    metadata.recipe = generation.recipe;
    return metadata;
}

storage::Take takeOf(const Request& request, const Generation& generation) {
    storage::Take take;
    take.prompt = request.prompt;
    take.negativePrompt = request.negativePrompt;
    take.seed = request.seed;
    take.request = toJson(request);
    take.recipe = generation.recipe;
    take.origin = storage::Origin::CommandLine;
    return take;
}

/// "96 bpm, A minor, 4 beats a bar: Am F C G", the chords as far as they fill a line.
std::string planLine(const plan::Plan& plan) {
    constexpr std::size_t mostChords = 12;
    std::vector<std::string> chords;
    for (const auto& span : plan.chords)
        if (chords.size() <= mostChords) chords.push_back(span.chord.symbol.empty() ? "–" : span.chord.symbol);
    if (chords.size() > mostChords) chords.back() = "…";
    return fmt::format("{:g} bpm, {}, {} beats a bar: {}", std::round(plan.bpm * 10.0) / 10.0, toString(plan.key),
                       plan.beatsPerBar, fmt::join(chords, " "));
}

/// Says on stderr how the prompt is understood, before the user has waited for the clip; warns of what cannot be done.
void printHeard(const Request& request, const prompt::Understanding& heard) {
    const std::string line = prompt::heardAs(heard, request.prompt);
    if (!line.empty() && isatty(STDERR_FILENO) != 0) fmt::print(stderr, "heard as: {}\n", line);
    const std::vector<std::string> unknown = prompt::unknownWords(heard, request.prompt);
    if (heard.nothing())
        fmt::print(stderr, "No word of this prompt is known to the model: {}. Genre and instruments follow the seed.\n",
                   request.prompt.substr(0, 200));
    else if (!unknown.empty() && isatty(STDERR_FILENO) != 0)
        fmt::print(stderr, "unknown words: {}\n", fmt::join(unknown, ", "));
}

nlohmann::ordered_json facts(const fs::path& file, const Request& request, const prompt::Understanding& heard,
                             const Generation& generation) {
    nlohmann::ordered_json stages = nlohmann::ordered_json::array();
    for (const auto& timing : generation.timings)
        stages.push_back({{"stage", timing.stage}, {"seconds", timing.seconds}, {"steps", timing.steps}});
    return {{"file", file.string()},
            {"seed", request.seed},
            {"seconds", generation.clip.seconds()},
            {"sampleRate", generation.clip.sampleRate},
            {"heard", prompt::toJson(heard, request.prompt)},
            {"promptTokens", generation.promptTokens},
            {"promptCut", generation.promptCut},
            {"stages", std::move(stages)},
            {"recipe", nlohmann::ordered_json::parse(generation.recipe)}};
}

void printFacts(const fs::path& file, const Request& request, const Generation& generation) {
    fmt::print("{}\n", file.string());
    fmt::print("  {:.1f} s at {} Hz, seed {}\n", generation.clip.seconds(), generation.clip.sampleRate, request.seed);
    if (generation.plan) fmt::print("  plan: {}\n", planLine(*generation.plan));
    if (generation.promptCut)
        fmt::print("  the prompt has {} tokens, which is more than the model reads: its end was left out\n",
                   generation.promptTokens);
    for (const auto& timing : generation.timings) {
        fmt::print("  {:<18} {:7.2f} s", timing.stage, timing.seconds);
        if (timing.steps > 0) fmt::print("  {} step{}", timing.steps, timing.steps == 1 ? "" : "s");
        fmt::print("\n");
    }
    std::fflush(stdout);
}

/// A repainted clip gets 24 bit, the most that FLAC holds, to keep the old sound as it is.
audio::SampleFormat formatOf(const Request& request) {
    return request.repaint ? audio::SampleFormat::Pcm24 : audio::SampleFormat::Pcm16;
}

/// `--library DIR` without the equals sign would silently make the folder a word of the prompt.
void requireNoFolderInPrompt(const Options& options) {
    if (options.library != defaultLibrary || options.request.prompt.size() < 2) return;
    for (const std::string& word : options.request.prompt) {
        std::error_code ignored;
        if (word.starts_with("/") || word.starts_with("./") || word.starts_with("../") ||
            fs::is_directory(word, ignored))
            throw base::InvalidInput(
                "'{}' is read as a word of the prompt; if it is the library's folder, write --library={}", word, word);
    }
}

/// Names a clip of the library relative to it, so that it is found again when the library is moved.
void nameAsIn(storage::Library& library, Repaint& repaint) {
    const auto take = library.takes().findFile(fs::absolute(repaint.file));
    if (!take) return;
    repaint.file = take->file.string();
    repaint.folder = library.folder();
}

void generate(const Options& options) {
    const Stopwatch total;
    requireNoFolderInPrompt(options);
    if (options.variations < 1 || options.variations > mostVariations)
        throw base::InvalidInput("--variations takes 1 to {}", mostVariations);
    Request request = options.request.request();
    const auto bundle = findBundle(options.bundle);
    std::unique_ptr<storage::Library> library;
    if (!options.library.empty()) {
        library = std::make_unique<storage::Library>(
            options.library == defaultLibrary ? storage::Library::defaultFolder() : fs::path(options.library));
        if (library->readOnly())
            throw storage::LibraryError(storage::LibraryError::Kind::ReadOnly, library->problems().front());
    }
    if (library && request.repaint) nameAsIn(*library, *request.repaint);
    std::vector<fs::path> files(static_cast<std::size_t>(options.variations)); // empty = into the library alone
    if (!library || !options.output.empty())
        files = outputFiles(options.output, request.prompt, request.seed, options.variations);
    for (const auto& file : files)
        if (!file.empty()) checkWritable(file);

    const prompt::Lexicon lexicon;
    const prompt::Understanding heard = prompt::understand(lexicon, request.prompt, request.negativePrompt);
    if (request.plan && !request.givenPlan) printHeard(request, heard);
    auto pipeline = [&] {
        ConsoleMonitor monitor;
        return Pipeline(bundle, options.device, 0, &monitor);
    }();
    nlohmann::ordered_json clips = nlohmann::ordered_json::array();
    double music = 0.0;
    for (std::size_t i = 0; i < files.size(); ++i, ++request.seed) {
        ConsoleMonitor monitor(files.size() > 1 ? fmt::format("clip {} of {}", i + 1, files.size()) : "");
        const Generation generation = pipeline.run(request, monitor);
        if (!files[i].empty())
            audio::writeSoundFile(files[i], generation.clip, formatOf(request), metadataOf(request, generation));
        if (library) {
            const storage::Take take = library->takes().add(generation.clip, takeOf(request, generation));
            if (files[i].empty()) files[i] = library->takes().pathOf(take);
        }
        music += generation.clip.seconds();
        monitor.wipe();
        if (options.json)
            clips.push_back(facts(files[i], request, heard, generation));
        else
            printFacts(files[i], request, generation);
    }

    // The time that the user waited, with loading and writing.
    const double seconds = total.seconds();
    if (options.json) {
        const nlohmann::ordered_json result = {{"clips", std::move(clips)},
                                               {"bundle", bundle.string()},
                                               {"device", options.device},
                                               {"seconds", seconds},
                                               {"realTimeFactor", seconds / music}};
        fmt::print("{}\n", result.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        fmt::print("{:.1f} s of music in {:.1f} s: real-time factor {:.2f}\n", music, seconds, seconds / music);
    }
}

} // namespace

void addGenerateVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("generate", "Generate clips from a prompt");
    options->request.addTo(*verb);
    verb->add_option("--variations", options->variations, "Number of clips; each has the next seed")->type_name("N");
    verb->add_option("-o", options->output, "File, .wav or .flac, or a folder; else PROMPT-SEED.flac here")
        ->type_name("FILE");
    verb->add_flag(
        fmt::format("--library{{{}}}", defaultLibrary), options->library,
        "Add the clip to the studio's library, or to the one in a folder: --library=DIR; writes a file only with -o");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_option("--device", options->device, "cpu or cuda")->type_name("NAME");
    verb->add_flag("--json", options->json, "The facts as one JSON object");
    verb->callback([options] { generate(*options); });
}

} // namespace n2m::app
