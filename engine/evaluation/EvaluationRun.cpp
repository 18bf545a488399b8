#include "engine/evaluation/EvaluationRun.h"

#include "engine/Pipeline.h"
#include "engine/base/Error.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/evaluation/AttributePairs.h"
#include "engine/evaluation/ContactSheet.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/evaluation/KeptClips.h"
#include "engine/evaluation/Reconstruction.h"
#include "engine/model/Bundle.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace n2m::evaluation {

using Json = nlohmann::ordered_json;

namespace {

constexpr int sheetRows = 8;

Maker makerOf(Pipeline& pipeline, Monitor& monitor) {
    return [&](const Request& request) {
        Generation generation = pipeline.run(request, monitor);
        GeneratedClip made;
        made.spectrogram.values = std::move(generation.spectrogram);
        made.spectrogram.bands = generation.spectrogramBands;
        made.plan = std::move(generation.plan);
        return made;
    };
}

/// The bundle's vocoder and super-resolution, as far as it has them, each after the method that it has to beat.
std::vector<Reconstructor> waysOf(const model::Bundle& bundle, Pipeline& pipeline, Monitor& monitor) {
    constexpr std::uint64_t seed = 1;
    std::vector<Reconstructor> ways{griffinLimReconstructor(64)};
    for (const auto& stage : bundle.config().stages) {
        if (stage.kind != model::StageKind::Vocoder) continue;
        Reconstructor way{stage.name, Reconstructor::From::LogMel, {}, {}};
        way.fromLogMel = [&](const std::vector<float>& logMel) {
            return pipeline.vocode(logMel, audio::MelConfig().bands, seed, {}, monitor);
        };
        ways.push_back(std::move(way));
    }
    ways.push_back(fourierReconstructor());
    for (const auto& stage : bundle.config().stages) {
        if (stage.kind != model::StageKind::SuperResolution) continue;
        Reconstructor way{stage.name, Reconstructor::From::LowerRate, {}, {}};
        way.fromLowerRate = [&](const audio::Clip& lower) { return pipeline.upsample(lower, seed, {}, monitor); };
        ways.push_back(std::move(way));
    }
    return ways;
}

} // namespace

EvaluationResult runEvaluation(const EvaluationRun& run, Monitor& monitor,
                               const std::function<void(const std::string&, int, int)>& part) {
    if (run.data.empty() && run.reconstruct.empty())
        throw base::InvalidInput("name held-out music with --data (a folder with a clips.jsonl; see: noise2music "
                                 "corpus), or sound files with --reconstruct");
    const model::Bundle bundle(run.bundle);
    Pipeline pipeline(run.bundle, run.device, 0, &monitor);
    Json json = {{"bundle", run.bundle.string()}, {"bundleHash", bundle.hash()}};
    EvaluationResult result;
    if (!run.data.empty()) {
        const Detectors detectors(run.detectors.empty() ? bundledDetectors() : run.detectors);
        const RealClips heldOut(run.data, training::Split::HeldOut);
        Maker make = makerOf(pipeline, monitor);
        if (!run.keep.empty()) make = keeping(run.keep, bundle.hash(), std::move(make));
        EvaluationOptions options = run.options;
        if (!run.sheet.empty()) options.sheet = sheetRows;
        std::optional<embedding::JointEmbedding> joint;
        if (!bundle.embeddingFolder().empty()) joint = embedding::JointEmbedding::load(run.bundle);
        const auto report = evaluate(options, detectors, heldOut, make, part, joint ? &*joint : nullptr);
        if (!run.sheet.empty()) writeContactSheet(run.sheet, report.sheet);
        json["detectors"] = Json::parse(detectors.about());
        json["evaluation"] = Json::parse(report.json());
        result.text += report.text();
        if (run.pairs > 0) {
            const auto pairs = comparePairs(attributePairs(), run.pairs, run.options.seed, run.options.generator,
                                            detectors, make, part);
            json["attributePairs"] = Json::parse(pairs.json());
            result.text.append("\n").append(pairs.text());
        }
    }
    if (!run.reconstruct.empty()) {
        const auto report = reconstruct(run.reconstruct, waysOf(bundle, pipeline, monitor), part);
        json["reconstruction"] = Json::parse(report.json());
        if (!result.text.empty()) result.text.append("\n");
        result.text.append(report.text());
    }
    result.json = json.dump(2);
    return result;
}

} // namespace n2m::evaluation
