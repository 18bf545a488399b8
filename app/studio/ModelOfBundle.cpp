#include "app/studio/ModelOfBundle.h"

#include "engine/cascade/RouteOutline.h"
#include "engine/model/StageConfig.h"
#include "engine/request/Request.h"
#include "engine/sampling/SamplerKind.h"
#include "engine/sampling/StepSchedule.h"
#include "engine/text/Tokenizer.h"

#include <vector>

namespace n2m::studio {
namespace {

ui::StageFacts factsOf(const cascade::StepOutline& step) {
    ui::StageFacts facts;
    facts.name = QString::fromStdString(step.name);
    facts.steps = step.sampling.steps;
    facts.denoises = step.stage != nullptr;
    if (!step.stage) return facts;
    facts.sampler = QString::fromStdString(toString(step.sampling.sampler));
    facts.schedule = QString::fromStdString(step.sampling.schedule);
    facts.gamma = step.sampling.gamma;
    facts.guidance = step.sampling.guidance;
    facts.planGuidance = step.sampling.planGuidance;
    facts.temperature = step.sampling.temperature;
    facts.takesText = step.stage->textTokens > 0;
    facts.takesPlan = step.stage->plan;
    return facts;
}

/// The steps of a request that leaves everything to the bundle, generator first; empty where it has no route.
std::vector<cascade::StepOutline> usualSteps(const model::CascadeConfig& cascade) {
    const cascade::RouteChoice choice = cascade::usualChoice(cascade);
    if (!cascade::hasRoute(cascade, choice.route)) return {};
    return cascade::outlineOf(choice, cascade);
}

/// The generator's limit; 0 where there is none.
int tokenLimitOf(const model::CascadeConfig& cascade) {
    const std::vector<cascade::StepOutline> steps = usualSteps(cascade);
    return steps.empty() ? 0 : steps.front().stage->textTokens;
}

} // namespace

ui::ModelFacts modelOfBundle(const std::filesystem::path& bundle) {
    const model::CascadeConfig cascade = model::readCascade(bundle / "cascade.json");
    ui::ModelFacts facts;
    facts.name = QString::fromStdString(cascade.name);
    facts.folder = QString::fromStdString(bundle.string());
    facts.seconds = cascade.seconds;
    facts.minimumSeconds = Request::minimumSeconds;
    facts.maximumSeconds = Request::maximumSeconds;
    for (const std::string& name : sampling::samplerNames())
        facts.samplers << QString::fromStdString(name);
    for (const std::string& name : sampling::StepSchedule::names())
        facts.schedules << QString::fromStdString(name);
    for (const cascade::StepOutline& step : usualSteps(cascade))
        facts.stages.push_back(factsOf(step));
    if (facts.stages.empty()) return facts;
    facts.takesPlan = facts.stages.front().takesPlan;
    facts.tokenLimit = tokenLimitOf(cascade);
    return facts;
}

ui::TokenCounter tokenCounterOfBundle(const std::filesystem::path& bundle) {
    const model::CascadeConfig cascade = model::readCascade(bundle / "cascade.json");
    const int limit = tokenLimitOf(cascade);
    if (limit <= 0) return {};
    return [limit, tokenizer = text::Tokenizer(bundle / cascade.text / "spiece.model")](const QString& prompt) {
        const auto tokensOf = [&](qsizetype length) {
            QString part = prompt.left(length);
            if (!part.isEmpty() && part.back().isHighSurrogate()) part.chop(1); // half a character is not UTF-8
            return static_cast<int>(tokenizer.encode(part.toStdString()).size());
        };
        ui::TokenCount count{tokensOf(prompt.size()), limit, -1};
        if (count.tokens <= limit) return count;
        // The longest beginning that fits. More text never has fewer tokens, but for a piece at its end.
        qsizetype fits = 0, tooLong = prompt.size();
        while (tooLong - fits > 1) {
            const qsizetype middle = fits + (tooLong - fits) / 2;
            (tokensOf(middle) <= limit ? fits : tooLong) = middle;
        }
        count.cutAt = static_cast<int>(fits);
        return count;
    };
}

} // namespace n2m::studio
