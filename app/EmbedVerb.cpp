#include "app/BundlePath.h"
#include "app/OutputFile.h"
#include "app/Verbs.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/cascade/PromptEmbedding.h"
#include "engine/embedding/JointEmbedding.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <vector>

namespace n2m::app {
namespace {

struct Options {
    std::vector<std::string> prompt; ///< the words that the shell split
    std::string bundle, output, embedding;
    std::vector<std::string> sounds;
    bool json = false, joint = false;
};

// Text and sounds as vectors of one space, and how near they are. Always JSON in the file, where one is named.
void embedJointly(const Options& options) {
    if (options.prompt.empty() && options.sounds.empty())
        throw base::InvalidInput("name a prompt, or sound files with --audio");
    if (!options.output.empty()) checkWritable(options.output);
    const auto joint = embedding::JointEmbedding::load(
        options.embedding.empty() ? findBundle(options.bundle) : std::filesystem::path(options.embedding));
    nlohmann::ordered_json result = {{"identity", joint.identity()}, {"dimensions", joint.dimensions()}};
    std::vector<float> text;
    if (!options.prompt.empty()) {
        const std::string words = fmt::format("{}", fmt::join(options.prompt, " "));
        text = joint.text(words);
        result["text"] = {{"prompt", words}, {"vector", text}};
    }
    std::string lines;
    for (const std::string& file : options.sounds) {
        const std::vector<float> sound = joint.clip(audio::readSoundFile(file));
        nlohmann::ordered_json entry = {{"file", file}};
        lines += file;
        if (!text.empty()) {
            const double near = embedding::similarity(text, sound);
            entry["similarity"] = near;
            lines += fmt::format(": similarity {:.3f}", near);
        }
        lines += "\n";
        entry["vector"] = sound;
        result["sounds"].push_back(entry);
    }
    const std::string json = result.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    if (!options.output.empty()) base::writeTextFile(options.output, json);
    if (options.json || options.output.empty())
        fmt::print("{}", json);
    else
        fmt::print("{}{}\n  vectors of {} dimensions\n", lines, options.output, joint.dimensions());
}

void embed(const Options& options) {
    if (options.joint || !options.sounds.empty() || !options.embedding.empty()) {
        embedJointly(options);
        return;
    }
    if (options.prompt.empty()) throw base::InvalidInput("name a prompt, or sound files with --audio");
    if (options.output.empty()) throw base::InvalidInput("-o is required: the file that is written");
    const auto bundle = findBundle(options.bundle);
    checkWritable(options.output);
    const cascade::PromptEmbedding written =
        cascade::writePromptEmbedding(bundle, fmt::format("{}", fmt::join(options.prompt, " ")), options.output);
    if (options.json) {
        const nlohmann::ordered_json facts = {{"file", options.output},
                                              {"tokens", written.tokens},
                                              {"width", written.width},
                                              {"promptTokens", written.promptTokens},
                                              {"promptCut", written.promptCut}};
        fmt::print("{}\n", facts.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    } else {
        fmt::print("{}\n  {} tokens of width {}\n", options.output, written.tokens, written.width);
        if (written.promptCut)
            fmt::print("  the prompt has {} tokens, which is more than the model reads: its end was left out\n",
                       written.promptTokens);
    }
}

} // namespace

void addEmbedVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand(
        "embed", "Writes the token embeddings of a prompt, or its vector in the joint space of words and music");
    verb->add_option("prompt", options->prompt, "The text")->type_name("PROMPT");
    verb->add_option("-o", options->output, "The file that is written: safetensors; with --joint or --audio JSON")
        ->type_name("FILE");
    verb->add_flag("--joint", options->joint, "The prompt's vector in the joint space of words and music, as JSON");
    verb->add_option("--audio", options->sounds, "Sound files, too: their vectors, and how near they are to the prompt")
        ->type_name("FILE");
    verb->add_option("--embedding", options->embedding, "Folder of a joint embedding; else that of the bundle")
        ->type_name("DIR");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_flag("--json", options->json, "The facts as one JSON object");
    verb->callback([options] { embed(*options); });
}

} // namespace n2m::app
