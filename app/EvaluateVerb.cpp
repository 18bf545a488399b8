#include "app/BundlePath.h"
#include "app/ConsoleMonitor.h"
#include "app/Stopwatch.h"
#include "app/Verbs.h"

#include "engine/evaluation/EvaluationRun.h"
#include "engine/evaluation/JointEmbeddingReport.h"
#include "engine/evaluation/ScoreEvaluation.h"

#include "engine/base/Error.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace n2m::app {
namespace {

struct Options {
    evaluation::EvaluationRun run;
    std::string bundle, data, detectors, keep, sheet, reconstruct, teacher, embedding, scores;
    std::vector<std::string> plans{"own", "planned", "none"};
    bool json = false, measureEmbedding = false;
};

/// Shows on the console's line which clip of which part is being made, and the steps of the stage.
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
    void wipe() { m_console.reset(); }

private:
    std::unique_ptr<ConsoleMonitor> m_console;
};

std::vector<evaluation::PlanSource> sourcesOf(const std::vector<std::string>& names) {
    using evaluation::PlanSource;
    std::vector<PlanSource> sources;
    for (const std::string& name : names) {
        if (name == "own")
            sources.push_back(PlanSource::Own);
        else if (name == "planned")
            sources.push_back(PlanSource::Planned);
        else if (name == "none")
            sources.push_back(PlanSource::None);
        else
            throw base::InvalidInput("--plans takes own, planned and none, separated by commas");
    }
    return sources;
}

void measureEmbedding(const Options& options) {
    if (options.data.empty()) throw base::InvalidInput("--embedding needs --data, a folder with a clips.jsonl");
    const Stopwatch total;
    const std::filesystem::path folder =
        options.embedding.empty() ? findBundle(options.bundle) : std::filesystem::path(options.embedding);
    ConsoleMonitor monitor;
    const auto report =
        evaluation::measureJointEmbedding(folder, options.data, options.teacher, [&](int done, int count) {
            Progress shown;
            shown.stage = "embedding";
            shown.step = done;
            shown.steps = count;
            monitor.step(shown);
        });
    monitor.wipe();
    if (options.json)
        fmt::print("{}\n", report.json());
    else
        fmt::print("{}{} in {:.0f} s\n", report.text(), folder.string(), total.seconds());
}

void evaluateScores(const Options& options) {
    const Stopwatch total;
    evaluation::ScoreEvaluationRun run;
    run.bundle = findBundle(options.bundle);
    run.scores = options.scores;
    run.device = options.run.device;
    run.clips = options.run.options.clips;
    run.seed = options.run.options.seed;
    EvaluationMonitor monitor;
    const auto result = evaluation::evaluateScores(
        run, [&](const std::string& part, int step, int steps) { monitor.part(part, step, steps); });
    monitor.wipe();
    if (options.json)
        fmt::print("{}\n", result.json);
    else
        fmt::print("{}{} in {:.0f} s\n", result.text, run.bundle.string(), total.seconds());
}

void evaluate(Options options) {
    if (options.measureEmbedding) {
        measureEmbedding(options);
        return;
    }
    if (!options.teacher.empty()) throw base::InvalidInput("--teacher is for --embedding");
    if (!options.scores.empty()) {
        evaluateScores(options);
        return;
    }
    const Stopwatch total;
    options.run.bundle = findBundle(options.bundle);
    options.run.data = options.data;
    options.run.detectors = options.detectors;
    options.run.keep = options.keep;
    options.run.sheet = options.sheet;
    options.run.reconstruct = options.reconstruct;
    options.run.options.sources = sourcesOf(options.plans);
    EvaluationMonitor monitor;
    const auto result = evaluation::runEvaluation(
        options.run, monitor, [&](const std::string& part, int step, int steps) { monitor.part(part, step, steps); });
    monitor.wipe();
    if (options.json)
        fmt::print("{}\n", result.json);
    else
        fmt::print("{}{} in {:.0f} s\n", result.text, options.run.bundle.string(), total.seconds());
}

} // namespace

void addEvaluateVerb(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("evaluate", "Measures a cascade with detectors trained on real music, "
                                                        "compared with real and shuffled clips");
    verb->add_option("--data", options->data, "Data set whose held-out clips it is compared with")->type_name("DIR");
    verb->add_option("--clips", options->run.options.clips, "Held-out captions to make clips for, once per plan")
        ->type_name("N")
        ->capture_default_str();
    verb->add_option("--plans", options->plans, "The sources of plans: own (the held-out clip's), planned, none")
        ->delimiter(',')
        ->type_name("LIST");
    verb->add_option("--pairs", options->run.pairs,
                     "Also compare pairs of prompts that differ in one word, N seeds each")
        ->type_name("N");
    verb->add_option("--reconstruct", options->reconstruct,
                     "Also score vocoder and super-resolution on the sound files of a folder")
        ->type_name("DIR");
    verb->add_option("--scores", options->scores,
                     "Instead of all that, measure the score generator against a set of real scores and the rules")
        ->type_name("DIR");
    verb->add_option("--seed", options->run.options.seed, "Seed of the choice of captions and of the clips")
        ->type_name("N")
        ->capture_default_str();
    verb->add_option("--steps", options->run.options.generator.steps, "Denoising steps of the generator")
        ->type_name("N");
    verb->add_option("--guidance", options->run.options.generator.guidance, "Guidance weight of the text")
        ->type_name("W");
    verb->add_option("--temperature", options->run.options.generator.temperature, "Factor of the noise")
        ->type_name("X");
    verb->add_option("--plan-guidance", options->run.options.generator.planGuidance, "Guidance weight of the plan")
        ->type_name("W");
    verb->add_option("--keep", options->keep, "Keep the clips' spectrograms here, and use those that are there already")
        ->type_name("DIR");
    verb->add_option("--sheet", options->sheet,
                     "Spectrograms of the first captions as a picture: real, then generated from each plan")
        ->type_name("PNG");
    verb->add_option("--detectors", options->detectors,
                     "Detectors (see: noise2music train detectors); else those that come with the program")
        ->type_name("FILE");
    CLI::Option* embedding =
        verb->add_option("--embedding", options->embedding,
                         "Measure a joint embedding of words and music instead, on the held-out clips; without a "
                         "folder that of the bundle")
            ->type_name("[DIR]")
            ->expected(0, 1);
    verb->add_option("--teacher", options->teacher,
                     "(--embedding) Texts with a sentence encoder's vectors to compare with")
        ->type_name("FILE");
    verb->add_option("--bundle", options->bundle, bundleHelp)->type_name("DIR");
    verb->add_option("--device", options->run.device, "cpu or cuda")->type_name("NAME");
    verb->add_flag("--json", options->json, "The figures as one JSON object");
    verb->callback([options, embedding] {
        options->measureEmbedding = embedding->count() > 0;
        evaluate(*options);
    });
}

} // namespace n2m::app
