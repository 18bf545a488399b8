#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/Pipeline.h"
#include "engine/evaluation/AttributePairs.h"
#include "engine/evaluation/Evaluation.h"
#include "engine/evaluation/KeptClips.h"
#include "engine/evaluation/Reconstruction.h"
#include "engine/model/Bundle.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace n2m::app {
namespace fs = std::filesystem;
namespace {

struct Options {
    std::string bundle, device = "cpu", data, detectors, reconstruct, keep;
    std::vector<std::string> plans{"own", "planned", "none"};
    evaluation::EvaluationOptions evaluation;
    int pairs = 0;
    bool json = false;
};

/// The line of the console says which clip of which part is being made; the stage's own steps go behind it.
class EvaluationMonitor : public Monitor {
public:
    void part(const std::string& name, int step, int steps) {
        m_console = std::make_unique<ConsoleMonitor>(fmt::format("{} {}/{}", name, std::min(step + 1, steps), steps));
        m_console->step({});
    }
    void step(const Progress& progress) override {
        if (!m_console) m_console = std::make_unique<ConsoleMonitor>();
        m_console->step(progress);
    }

private:
    std::unique_ptr<ConsoleMonitor> m_console;
};

std::vector<evaluation::PlanSource> sourcesOf(const std::vector<std::string>& names) {
    std::vector<evaluation::PlanSource> sources;
    for (const std::string& name : names) {
        if (name == "own")
            sources.push_back(evaluation::PlanSource::Own);
        else if (name == "planned")
            sources.push_back(evaluation::PlanSource::Planned);
        else if (name == "none")
            sources.push_back(evaluation::PlanSource::None);
        else if (name != "nothing")
            throw std::invalid_argument("--plans takes own, planned and none, separated by commas, or nothing");
    }
    return sources;
}

evaluation::ReconstructionReport reconstruct(const Options& options, const fs::path& bundle, Pipeline& pipeline,
                                             EvaluationMonitor& monitor) {
    using evaluation::Reconstructor;
    std::vector<Reconstructor> ways{evaluation::griffinLimReconstructor(64)};
    const model::Bundle model(bundle);
    for (const auto& stage : model.config().stages) {
        if (stage.kind == model::StageKind::Vocoder) {
            Reconstructor way{stage.name, Reconstructor::From::LogMel, {}, {}};
            way.fromLogMel = [&](const std::vector<float>& logMel) {
                return pipeline.vocode(logMel, audio::MelConfig().bands, /*seed=*/1, {}, monitor);
            };
            ways.push_back(std::move(way));
        }
    }
    ways.push_back(evaluation::fourierReconstructor());
    for (const auto& stage : model.config().stages) {
        if (stage.kind == model::StageKind::SuperResolution) {
            Reconstructor way{stage.name, Reconstructor::From::LowerRate, {}, {}};
            way.fromLowerRate = [&](const audio::Clip& lower) {
                return pipeline.upsample(lower, /*seed=*/1, {}, monitor);
            };
            ways.push_back(std::move(way));
        }
    }
    return evaluation::reconstruct(options.reconstruct, ways, [&](const std::string& phase, int step, int steps) {
        monitor.part(phase, step, steps);
    });
}

void evaluate(Options options) {
    const Stopwatch total;
    const auto bundle = findBundle(options.bundle);
    if (options.data.empty() && options.reconstruct.empty())
        throw std::invalid_argument("name held-out music with --data (a folder with a clips.jsonl; see: noise2music "
                                    "corpus), or sound files with --reconstruct");
    options.evaluation.sources = sourcesOf(options.plans);

    EvaluationMonitor monitor;
    Pipeline pipeline(bundle, options.device, 0, &monitor);
    const auto progress = [&](const std::string& phase, int step, int steps) { monitor.part(phase, step, steps); };
    nlohmann::ordered_json json = {{"bundle", bundle.string()}};
    std::string text;
    if (!options.data.empty()) {
        const evaluation::Detectors detectors(options.detectors.empty() ? evaluation::bundledDetectors()
                                                                        : fs::path(options.detectors));
        const evaluation::RealClips heldOut(options.data, training::Split::HeldOut);
        evaluation::Maker make = [&](const Request& request) {
            Generation generation = pipeline.run(request, monitor);
            evaluation::Made made;
            made.spectrogram.values = std::move(generation.spectrogram);
            made.spectrogram.bands = generation.spectrogramBands;
            made.plan = std::move(generation.plan);
            return made;
        };
        if (!options.keep.empty()) make = evaluation::keeping(options.keep, model::Bundle(bundle).hash(), make);
        const auto report = evaluation::evaluate(options.evaluation, detectors, heldOut, make, progress);
        json["clips"] = nlohmann::ordered_json::parse(report.json());
        text += report.text();
        if (options.pairs > 0) {
            const auto pairs =
                evaluation::comparePairs(evaluation::attributePairs(), options.pairs, options.evaluation.seed,
                                         options.evaluation.generator, detectors, make, progress);
            json["pairs"] = nlohmann::ordered_json::parse(pairs.json());
            text += "\n" + pairs.text();
        }
    }
    if (!options.reconstruct.empty()) {
        const auto report = reconstruct(options, bundle, pipeline, monitor);
        json["reconstruction"] = nlohmann::ordered_json::parse(report.json());
        text += (text.empty() ? "" : "\n") + report.text();
    }
    monitor.part("", 0, 0); // wipes the line
    json["seconds"] = total.seconds();
    if (options.json)
        fmt::print("{}\n", json.dump(2));
    else
        fmt::print("{}{} in {:.0f} s\n", text, bundle.string(), total.seconds());
}

} // namespace

void addEvaluateVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("evaluate", "How good a cascade is, as detectors hear it that know real "
                                                        "music only, beside real and shuffled clips");
    verb->add_option("--data", options->data, "Data set whose held-out clips it is compared with")->type_name("DIR");
    verb->add_option("--clips", options->evaluation.clips, "Held-out captions to make clips for, once per plan")
        ->type_name("N")
        ->capture_default_str();
    verb->add_option("--plans", options->plans,
                     "Where plans come from: own (the held-out clip's), planned, none; or nothing, to make no clips")
        ->delimiter(',')
        ->type_name("LIST");
    verb->add_option("--pairs", options->pairs, "Also compare pairs of prompts that differ in one word, N seeds each")
        ->type_name("N");
    verb->add_option("--reconstruct", options->reconstruct,
                     "Also score vocoder and super-resolution on the sound files of a folder")
        ->type_name("DIR");
    verb->add_option("--seed", options->evaluation.seed, "Of the choice of captions and of the clips")
        ->type_name("N")
        ->capture_default_str();
    verb->add_option("--steps", options->evaluation.generator.steps, "Denoising steps of the generator")
        ->type_name("N");
    verb->add_option("--guidance", options->evaluation.generator.guidance, "How hard the text pulls")->type_name("W");
    verb->add_option("--plan-guidance", options->evaluation.generator.planGuidance, "How hard the plan pulls")
        ->type_name("W");
    verb->add_option("--keep", options->keep,
                     "Keep the clips' spectrograms here, and go on from those that are there already")
        ->type_name("DIR");
    verb->add_option("--detectors", options->detectors,
                     "Detectors (see: noise2music train detectors); else those that come with the program")
        ->type_name("FILE");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_option("--device", options->device, "cpu or cuda")->type_name("NAME");
    verb->add_flag("--json", options->json, "The figures as one JSON object");
    verb->callback([options] { evaluate(*options); });
}

} // namespace n2m::app
