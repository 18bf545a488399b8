#include "app/studio/ModelOfBundle.h"

#include "engine/model/StageConfig.h"
#include "engine/request/Request.h"
#include "engine/sampling/SamplerKind.h"
#include "engine/sampling/StepSchedule.h"
#include "engine/text/Tokenizer.h"

namespace n2m::studio {
namespace {

using model::StageKind;

constexpr int griffinLimIterations = 32; // of cascade/Route.cpp, when nothing is chosen

ui::StageFacts factsOf(const model::StageConfig& stage) {
    ui::StageFacts facts;
    facts.name = QString::fromStdString(stage.name);
    facts.steps = stage.sampling.steps;
    facts.sampler = QString::fromStdString(toString(stage.sampling.sampler));
    facts.schedule = QString::fromStdString(stage.sampling.schedule);
    facts.gamma = stage.sampling.gamma;
    facts.guidance = stage.sampling.guidance;
    facts.planGuidance = stage.sampling.planGuidance;
    facts.temperature = stage.sampling.temperature;
    facts.takesText = stage.textTokens > 0;
    facts.takesPlan = stage.plan;
    return facts;
}

ui::StageFacts computation(const char* name, int steps) {
    ui::StageFacts facts;
    facts.name = QString::fromLatin1(name);
    facts.steps = steps;
    facts.denoises = false;
    return facts;
}

/// The text's generator: the spectrogram's if there is one, as a request without a route asks for.
const model::StageConfig* generatorOf(const model::CascadeConfig& cascade) {
    const auto* generator = cascade.find(StageKind::SpectrogramGenerator);
    return generator ? generator : cascade.find(StageKind::WaveformGenerator);
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
    const model::StageConfig* generator = generatorOf(cascade);
    if (!generator) return facts;
    facts.tokenLimit = generator->textTokens;
    facts.takesPlan = generator->plan;
    facts.stages.push_back(factsOf(*generator));
    const bool spectrogram = generator->kind == StageKind::SpectrogramGenerator;
    const auto* second = cascade.find(spectrogram ? StageKind::Vocoder : StageKind::WaveformCascader);
    const bool second_denoises = second && (!spectrogram || cascade.vocoder == "diffusion");
    facts.stages.push_back(second_denoises ? factsOf(*second) : computation("griffin-lim", griffinLimIterations));
    const auto* last = cascade.find(StageKind::SuperResolution);
    facts.stages.push_back(last && cascade.superResolution == "diffusion" ? factsOf(*last) : computation("fourier", 0));
    return facts;
}

ui::TokenCounter tokenCounterOfBundle(const std::filesystem::path& bundle) {
    const model::CascadeConfig cascade = model::readCascade(bundle / "cascade.json");
    const model::StageConfig* generator = generatorOf(cascade);
    const int limit = generator ? generator->textTokens : 0;
    if (limit <= 0) return {};
    return [limit, tokenizer = text::Tokenizer(bundle / cascade.text / "spiece.model")](const QString& prompt) {
        const auto tokensOf = [&](qsizetype length) {
            QString part = prompt.left(length);
            if (!part.isEmpty() && part.back().isHighSurrogate()) part.chop(1); // half a character is no UTF-8
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
