#include "app/PartNames.h"
#include "app/RequestOptions.h"
#include "app/Verbs.h"

#include "engine/composer/Arranger.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"
#include "engine/prompt/HeardAs.h"
#include "engine/prompt/PlanDraw.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace n2m::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    RequestOptions request;
    bool json = false;
};

void showPlan(const Options& options) {
    const Request request = options.request.request();
    const composer::Vocabulary vocabulary;
    const prompt::Lexicon lexicon;
    const prompt::Understanding heard = prompt::understand(lexicon, request.prompt, request.negativePrompt);
    plan::PlanWishes wishes;
    wishes.bpm = request.bpm;
    if (request.key) wishes.key = plan::parseKey(*request.key);
    if (request.chords) wishes.chords = plan::parseProgression(*request.chords);
    const prompt::Draft draft =
        prompt::drawPlan(vocabulary, heard, request.prompt, wishes, request.seconds, request.seed);
    const plan::Plan plan = prompt::writePlan(vocabulary, heard, request.prompt, wishes, request.seconds, request.seed);

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
    verb->add_flag("--json", options->json, "As one JSON object, with the plan and its score");
    verb->callback([options] { showPlan(*options); });
}

} // namespace n2m::app
