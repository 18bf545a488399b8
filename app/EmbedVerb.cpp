#include "app/BundlePath.h"
#include "app/OutputFile.h"
#include "app/Verbs.h"

#include "engine/cascade/PromptEmbedding.h"

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
    std::string bundle, output;
    bool json = false;
};

void embed(const Options& options) {
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
    CLI::App* verb = program.add_subcommand("embed", "Writes the token embeddings of a prompt to a safetensors file");
    verb->add_option("prompt", options->prompt, "The text")->required()->type_name("PROMPT");
    verb->add_option("-o", options->output, "The file that is written")->required()->type_name("FILE.safetensors");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_flag("--json", options->json, "The facts as one JSON object");
    verb->callback([options] { embed(*options); });
}

} // namespace n2m::app
