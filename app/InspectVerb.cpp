#include "app/Verbs.h"

#include "engine/audio/SoundFile.h"
#include "engine/base/Error.h"
#include "engine/base/ObjectReader.h"
#include "engine/model/StageConfig.h"
#include "engine/network/CostModel.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <utility>

namespace n2m::app {
namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
namespace {

struct Options {
    std::string path;
    bool json = false;
};

/// Formats 23812345 as "23.8 M".
std::string withUnit(double value) {
    const char* unit = "";
    for (const char* next : {"k", "M", "G", "T"}) {
        if (value < 999.5) break;
        value /= 1000.0;
        unit = next;
    }
    return fmt::format("{:.3g} {}", value, unit);
}

/// The number of time steps that a stage's network sees for a clip of the cascade's own length.
std::int64_t lengthOf(const model::StageConfig& stage, double seconds) {
    const auto multiple = stage.network.lengthMultiple();
    const auto steps = static_cast<std::int64_t>(std::ceil(seconds * stage.sampleRate));
    return (steps + multiple - 1) / multiple * multiple;
}

std::string samplingLine(const model::StageConfig& stage) {
    const auto& sampling = stage.sampling;
    auto line = fmt::format("{}, {} step{}, {}", toString(sampling.sampler), sampling.steps,
                            sampling.steps == 1 ? "" : "s", sampling.schedule);
    if (sampling.sampler == sampling::SamplerKind::Ancestral) line += fmt::format(", gamma {:g}", sampling.gamma);
    if (stage.textTokens > 0) line += fmt::format(", guidance {:g}", sampling.guidance);
    if (stage.plan) line += fmt::format(", plan guidance {:g}", sampling.planGuidance);
    if (sampling.temperature != 1.0f) line += fmt::format(", temperature {:g}", sampling.temperature);
    return line;
}

void inspectCascade(const fs::path& file, bool json) {
    const model::CascadeConfig cascade = model::readCascade(file);
    if (json) {
        Json result = Json::parse(model::toJson(cascade).dump());
        for (std::size_t i = 0; i < cascade.stages.size(); ++i) {
            const auto& stage = cascade.stages[i];
            const auto length = lengthOf(stage, cascade.seconds);
            const auto cost = network::costOf(stage.network, length, stage.textTokens);
            result["stages"][i]["parameters"] = cost.parameters;
            result["stages"][i]["multiply_adds_per_step"] = cost.multiplyAdds;
            result["stages"][i]["length"] = length;
        }
        fmt::print("{}\n", result.dump(2));
        return;
    }
    fmt::print("{}: {:g} s{}\n", cascade.name, cascade.seconds,
               cascade.licence.empty() ? "" : ", licence " + cascade.licence);
    fmt::print("{:<24} {:>12} {:>14} {:>10}  {}\n", "stage", "parameters", "mult-adds/step", "rate", "sampling");
    for (const auto& stage : cascade.stages) {
        const auto cost = network::costOf(stage.network, lengthOf(stage, cascade.seconds), stage.textTokens);
        fmt::print("{:<24} {:>12} {:>14} {:>7} Hz  {}\n", stage.name, withUnit(static_cast<double>(cost.parameters)),
                   withUnit(static_cast<double>(cost.multiplyAdds)), stage.sampleRate, samplingLine(stage));
    }
    for (const auto& [what, name] :
         {std::pair("text encoder", cascade.text), std::pair("planner", cascade.planner),
          std::pair("note spectra", cascade.noteSpectra), std::pair("embedding", cascade.embedding)})
        if (!name.empty()) fmt::print("{:<24} {}\n", what, name);
}

/// Reads the recipe of a sound file. Anybody may have written the file, so JSON too deep to be printed is refused too.
Json recipeIn(const fs::path& file, const audio::Metadata& metadata) {
    if (metadata.recipe.empty()) return {};
    try {
        base::parseJson(metadata.recipe);
        return Json::parse(metadata.recipe);
    } catch (const std::runtime_error& error) {
        throw base::Failure("{}: its recipe {}", file.string(), base::messageOf(error));
    }
}

void inspectSound(const fs::path& file, bool json) {
    const auto info = audio::soundFileInfo(file);
    const auto metadata = audio::readMetadata(file);
    const Json recipe = recipeIn(file, metadata);
    if (json) {
        const Json result = {{"file", file.string()},         {"format", info.format},     {"seconds", info.seconds()},
                             {"sampleRate", info.sampleRate}, {"channels", info.channels}, {"title", metadata.title},
                             {"software", metadata.software}, {"recipe", recipe}};
        fmt::print("{}\n", result.dump(2, ' ', false, Json::error_handler_t::replace));
        return;
    }
    fmt::print("{}: {:.2f} s, {} Hz, {}, {}\n", file.string(), info.seconds(), info.sampleRate,
               info.channels == 1 ? "mono" : fmt::format("{} channels", info.channels), info.format);
    if (recipe.is_null())
        fmt::print("no recipe in it: not made by Noise2Music\n");
    else
        fmt::print("{}\n", recipe.dump(2, ' ', false, Json::error_handler_t::replace));
}

void inspect(const Options& options) {
    const fs::path path = options.path;
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        throw base::InvalidInput("there is no '{}'; name a bundle, a configuration or a sound file", options.path);
    if (fs::is_directory(path, ignored))
        inspectCascade(path / "cascade.json", options.json);
    else if (path.extension() == ".json")
        inspectCascade(path, options.json);
    else
        inspectSound(path, options.json);
}

} // namespace

void addInspectVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("inspect", "Shows what a bundle, a configuration or a sound file contains");
    verb->add_option("path", options->path, "Folder of a bundle, a configuration (.json), or a sound file")
        ->required()
        ->type_name("PATH");
    verb->add_flag("--json", options->json, "As one JSON object");
    verb->callback([options] { inspect(*options); });
}

} // namespace n2m::app
