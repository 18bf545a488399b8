#include "app/BundlePath.h"
#include "app/PartNames.h"
#include "app/RequestOptions.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/base/Error.h"
#include "engine/composer/Arranger.h"
#include "engine/model/StageConfig.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"
#include "engine/prompt/HeardAs.h"
#include "engine/prompt/PlanDraw.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>

namespace n2m::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    RequestOptions request;
    std::string bundle, over;
    std::vector<std::string> keep;
    bool json = false;
};

/// A plan from a file: one by itself, or the "plan" of what this verb writes with --json.
plan::Plan planIn(const std::string& file) {
    std::ifstream stream(file);
    if (!stream) throw base::InvalidInput("{}: cannot be read", file);
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (!json.is_object()) throw base::InvalidInput("{}: this is not a JSON object", file);
    return plan::planFromJson(json.contains("plan") ? json["plan"] : json);
}

/// Whether the bundle's model writes the score. The rules need no bundle, so none is asked for where they are named.
bool usesModel(const Request& request, const std::string& bundle) {
    if (request.composer) return *request.composer == "model";
    return model::readCascade(findBundle(bundle) / "cascade.json").composer == "model";
}

void showPlan(const Options& options) {
    Request request = options.request.request();
    if (!options.over.empty()) request.givenPlan = planIn(options.over);
    request.keep = options.keep;
    request.validate();
    const composer::Vocabulary vocabulary;
    const prompt::Lexicon lexicon;
    const prompt::Understanding heard = prompt::understand(lexicon, request.prompt, request.negativePrompt);
    plan::PlanWishes wishes;
    wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) wishes.chords = plan::parseProgression(*request.chords);
    const prompt::Draft draft =
        prompt::drawPlan(vocabulary, heard, request.prompt, wishes, request.seconds, request.seed);
    const plan::Plan plan =
        usesModel(request, options.bundle) ? Pipeline(findBundle(options.bundle)).plan(request).value()
        : request.givenPlan
            ? *request.givenPlan
            : prompt::writePlan(vocabulary, heard, request.prompt, wishes, request.seconds, request.seed);

    Json parts = Json::array();
    for (const plan::Part& part : plan.parts)
        parts.push_back({{"role", nameOf(part.role)},
                         {"instrument", instrumentOf(part, vocabulary, draft.style.lead)},
                         {"notes", part.notes.size()}});
    if (options.json) {
        const Json result = {{"prompt", request.prompt},
                             {"seed", request.seed},
                             {"heard", prompt::toJson(heard, request.prompt)},
                             {"genre", draft.style.genre},
                             {"lead", draft.style.melody ? draft.style.lead : ""},
                             {"mood", draft.style.mood},
                             {"era", draft.style.era.value_or("")},
                             {"parts", parts},
                             {"plan", Json::parse(plan::toJson(plan).dump())}};
        fmt::print("{}\n", result.dump(2, ' ', false, Json::error_handler_t::replace));
        return;
    }
    const std::string line = prompt::heardAs(heard, request.prompt);
    fmt::print("heard as: {}\n", line.empty() ? "nothing that the model knows" : line);
    if (const auto unknown = prompt::unknownWords(heard, request.prompt); !unknown.empty())
        fmt::print("unknown: {}\n", fmt::join(unknown, ", "));
    fmt::print("seed {}: {}, {}{}\n", request.seed, draft.style.genre, draft.style.mood,
               draft.style.era.value_or("").empty() ? "" : ", " + *draft.style.era);
    fmt::print("{:g} bpm, {}, {} beats a bar\n", plan.bpm, plan::toString(plan.key), plan.beatsPerBar);
    for (const Json& part : parts)
        fmt::print("  {:<14} {}, {} notes\n", part["role"].get<std::string>(), part["instrument"].get<std::string>(),
                   part["notes"].get<int>());
}

} // namespace

void addPlanVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("plan", "Shows how a prompt is understood, and the plan that it gets");
    options->request.addMusicTo(*verb);
    verb->add_option("--over", options->over,
                     "Write over this plan, a JSON file as --json writes, in place of a new one")
        ->type_name("FILE");
    verb->add_option("--keep", options->keep,
                     "Parts of it that stay while the model writes the others: lead, accompaniment, bass, drums")
        ->delimiter(',')
        ->type_name("LIST");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_flag("--json", options->json, "As one JSON object, with the plan and its score");
    verb->callback([options] { showPlan(*options); });
}

} // namespace n2m::app
