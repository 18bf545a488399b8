#include "engine/training/Trainer.h"

#include "engine/base/Error.h"
#include "engine/composer/Vocabulary.h"
#include "engine/device/Device.h"
#include "engine/device/Runtime.h"
#include "engine/diffusion/Target.h"
#include "engine/model/Bundle.h"
#include "engine/model/NoteSpectraFile.h"
#include "engine/model/Safetensors.h"
#include "engine/text/TextEncoder.h"
#include "engine/training/AdamW.h"
#include "engine/training/BatchSource.h"
#include "engine/training/Checkpoint.h"
#include "engine/training/ExponentialAverage.h"
#include "engine/training/LearningRate.h"
#include "engine/training/ProcessGroup.h"
#include "engine/training/ScoreSource.h"
#include "engine/training/Validation.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace n2m::training {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int validationSnippets = 16;
constexpr std::int64_t reportEvery = 20;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// A table that grows by lines and continues that of an earlier run.
class Table {
public:
    Table(const fs::path& file, const std::string& head)
        : m_stream(file, std::ios::app) {
        if (!m_stream) throw base::Failure("{}: cannot be written", file.string());
        if (fs::file_size(file) == 0) m_stream << head << '\n';
    }
    void line(const std::string& text) { m_stream << text << std::endl; }

private:
    std::ofstream m_stream;
};

std::shared_ptr<text::TextEncoder> loadTextEncoder(const TrainingOptions& options, const model::CascadeConfig& cascade,
                                                   const model::StageConfig& stage) {
    if (stage.textTokens == 0) return nullptr;
    const fs::path folder = options.output / cascade.text;
    if (!fs::exists(folder)) {
        throw base::InvalidInput(
            "{} takes text and {} is missing: run `noise2music train text` first, or copy a T5 there", stage.name,
            folder.string());
    }
    auto encoder = std::make_shared<text::TextEncoder>(text::TextEncoder::load(folder));
    if (encoder->width() != stage.network.textWidth) {
        throw base::InvalidInput("{}: makes embeddings of width {}, and {} takes {}", folder.string(), encoder->width(),
                                 stage.name, stage.network.textWidth);
    }
    return encoder;
}

std::shared_ptr<const plan::NoteSpectra> loadNoteSpectra(const TrainingOptions& options,
                                                         const model::CascadeConfig& cascade) {
    if (cascade.noteSpectra.empty()) return nullptr;
    const fs::path file = options.output / cascade.noteSpectra;
    if (!fs::exists(file)) return nullptr; // a stage that needs them reports it
    return std::make_shared<plan::NoteSpectra>(model::readNoteSpectra(file));
}

// Everything that makes a stage's batches; it keeps what they are made of.
struct Material {
    std::optional<DataSet> dataSet;
    std::optional<FeatureCache> cache;
    std::optional<composer::Vocabulary> vocabulary;
    std::unique_ptr<Batches> batches;
};

std::unique_ptr<Material> materialFor(const TrainingOptions& options, const model::CascadeConfig& cascade,
                                      const model::StageConfig& stage) {
    auto material = std::make_unique<Material>();
    if (stage.kind == model::StageKind::ScoreGenerator) {
        if (!options.data.empty()) material->dataSet.emplace(options.data, DataSet::Kind::Scores);
        material->vocabulary.emplace();
        material->batches = std::make_unique<ScoreSource>(stage, *material->vocabulary,
                                                          material->dataSet ? &*material->dataSet : nullptr,
                                                          loadTextEncoder(options, cascade, stage));
        return material;
    }
    material->dataSet.emplace(options.data);
    material->cache.emplace(options.data / "cache");
    material->batches =
        std::make_unique<BatchSource>(stage, *material->dataSet, *material->cache,
                                      loadTextEncoder(options, cascade, stage), loadNoteSpectra(options, cascade));
    return material;
}

// The network is moved first, because averages and moments are made on the device of the parameters.
std::vector<torch::Tensor> parametersOn(const torch::Device& device, torch::nn::Module& network) {
    network.to(device);
    return network.parameters();
}

// One process's view of a training run. The public function below builds it and keeps the exceptions' texts short.
class Run {
public:
    Run(const TrainingOptions& options, ProcessGroup& group, const model::CascadeConfig& cascade)
        : m_options(options)
        , m_group(group)
        , m_stage(cascade.stage(options.stage))
        , m_device(options.device)
        , m_material(materialFor(options, cascade, m_stage))
        , m_source(*m_material->batches)
        , m_network(m_stage.network, /*zeroPlan=*/m_stage.plan)
        , m_parameters(parametersOn(m_device, m_network))
        , m_average(m_parameters, m_stage.training.ema)
        , m_optimizer(m_parameters, m_average,
                      {m_stage.training.beta1, m_stage.training.beta2, 1e-8, m_stage.training.weightDecay})
        , m_checkpoint(options.output / "training", m_stage.name)
        , m_cascade(cascade) {
        if (m_stage.training.batch % group.count() != 0) {
            throw base::InvalidInput("a batch of {} cannot be shared by {} processes", m_stage.training.batch,
                                     group.count());
        }
        m_batch = m_stage.training.batch / group.count();
        m_lastStep = options.steps > 0 ? options.steps : m_stage.training.steps;
        m_network.setComputeType(device::fastestComputeType(m_device));
        restore();
    }

    void go(const std::function<void(const TrainingProgress&)>& report, const std::function<bool()>& stop) {
        m_checkpoint.makeFolder();
        const bool first = m_group.rank() == 0;
        std::optional<Table> losses;
        std::optional<Validation> validation;
        if (first) {
            losses.emplace(m_options.output / "training" / (m_stage.name + ".csv"),
                           "step,clips,seconds,loss,rate,gradient_norm,skipped");
            if (m_source.hasHeldOut()) validation.emplace(m_stage, m_source, validationSnippets);
        }
        const auto start = Clock::now();
        auto saved = start, reported = start;
        const std::int64_t firstStep = m_step;
        std::int64_t reportedStep = m_step;
        double loss = 0.0;
        while (m_step < m_lastStep) {
            loss += step();
            ++m_step;
            const bool outOfTime = m_options.minutes > 0.0 && secondsSince(start) > 60.0 * m_options.minutes;
            const bool ends = m_group.any(stop() || outOfTime) || m_step == m_lastStep;
            if (first && (m_step % reportEvery == 0 || ends)) {
                const auto steps = static_cast<double>(m_step - reportedStep);
                TrainingProgress progress{
                    m_step,    m_lastStep, loss / steps, steps * m_stage.training.batch / secondsSince(reported), 0.0,
                    m_skipped, ""};
                progress.secondsLeft = static_cast<double>(m_lastStep - m_step) * secondsSince(start) /
                                       static_cast<double>(m_step - firstStep);
                if (m_options.minutes > 0.0)
                    progress.secondsLeft =
                        std::min(progress.secondsLeft, 60.0 * m_options.minutes - secondsSince(start));
                losses->line(fmt::format("{},{},{:.1f},{:.6f},{:.3g},{:.4f},{}", m_step,
                                         m_step * m_stage.training.batch, secondsSince(start), progress.loss,
                                         learningRate(m_stage.training, m_step), m_gradientNorm, m_skipped));
                report(progress);
                loss = 0.0;
                reportedStep = m_step;
                reported = Clock::now();
            }
            if (m_group.any(ends || secondsSince(saved) > 60.0 * m_options.checkpointMinutes)) {
                if (first) save(validation, report);
                saved = reported = Clock::now();
            }
            if (ends) break;
        }
    }

private:
    void restore() {
        if (m_checkpoint.newest() >= 0) {
            m_step = m_checkpoint.load(m_network, m_average, m_optimizer);
        } else if (const fs::path weights = m_options.output / (m_stage.name + ".safetensors"); fs::exists(weights)) {
            model::loadParameters(m_network, model::SafetensorsFile(weights));
            m_average = ExponentialAverage(m_parameters, m_stage.training.ema);
        }
        // Every process draws its own batches, and a resumed run does not see those of the first again.
        const std::uint64_t seed = m_options.seed * 1000003 + static_cast<std::uint64_t>(m_step) * 64 +
                                   static_cast<std::uint64_t>(m_group.rank());
        m_random.seed(seed);
        torch::manual_seed(seed);
        m_generator = at::detail::createCPUGenerator(seed);
    }

    double step() {
        const Batch batch = m_source.draw(Split::Train, m_batch, m_random);
        const diffusion::TrainingTarget target =
            diffusion::drawTarget(batch.data.to(m_device), m_stage.diffusion, m_generator);
        m_network.train();
        const torch::Tensor loss = diffusion::diffusionLoss(
            m_network.forward(target.noisy, target.t, batch.conditioning.to(m_device)), target);
        loss.backward();

        // Gradients are taken away, not zeroed: the next backward pass then stores its own instead of adding to zeros.
        std::vector<torch::Tensor> gradients;
        for (const torch::Tensor& parameter : m_parameters)
            gradients.push_back(std::exchange(parameter.mutable_grad(), torch::Tensor()));
        m_group.average(gradients);
        m_gradientNorm =
            m_optimizer.step(gradients, learningRate(m_stage.training, m_step), m_stage.training.gradientClip);
        if (!std::isfinite(m_gradientNorm)) {
            ++m_skipped;
            return 0.0;
        }
        return loss.item<double>();
    }

    void save(const std::optional<Validation>& validation, const std::function<void(const TrainingProgress&)>& report) {
        m_checkpoint.save(m_step, m_network, m_average, m_optimizer);
        m_average.swap();
        model::writeBundleStage(m_options.output, m_cascade, m_stage.name, m_network);
        std::string note = fmt::format("step {}: checkpoint and weights written", m_step);
        if (validation) {
            m_network.eval();
            const std::array<double, 7> errors = validation->run(m_network, m_device);
            Table table(m_options.output / "training" / (m_stage.name + "-validation.csv"),
                        "step,t05,t15,t30,t45,t60,t75,t90");
            table.line(fmt::format("{},{:.5f}", m_step, fmt::join(errors, ",")));
            note += fmt::format("; held-out error {:.4f}", fmt::join(errors, " "));
        }
        m_average.swap();
        TrainingProgress progress;
        progress.step = m_step;
        progress.steps = m_lastStep;
        progress.note = note;
        report(progress);
    }

    const TrainingOptions& m_options;
    ProcessGroup& m_group;
    const model::StageConfig& m_stage;
    torch::Device m_device;
    std::unique_ptr<Material> m_material;
    const Batches& m_source;
    network::UNet m_network;
    std::vector<torch::Tensor> m_parameters;
    ExponentialAverage m_average;
    AdamW m_optimizer;
    Checkpoint m_checkpoint;
    const model::CascadeConfig& m_cascade;
    std::mt19937_64 m_random;
    torch::Generator m_generator;
    int m_batch = 0;
    std::int64_t m_step = 0, m_lastStep = 0, m_skipped = 0;
    double m_gradientNorm = 0.0;
};

} // namespace

void trainStage(const TrainingOptions& options, const std::function<void(const TrainingProgress&)>& report,
                const std::function<bool()>& stop) {
    if (options.processes < 1 || options.processes > 64) throw base::InvalidInput("the number of processes is 1 to 64");
    if (options.processes > 1 && options.device != "cpu")
        throw base::InvalidInput("several processes train on the CPU only");
    const model::CascadeConfig cascade = model::readCascade(options.configuration);
    const model::StageConfig& stage = cascade.stage(options.stage); // bad input is refused before anything is written
    if (stage.kind != model::StageKind::ScoreGenerator && options.data.empty())
        throw base::InvalidInput("--data is required: a folder with a clips.jsonl");
    ProcessGroup group(options.processes);
    device::tuneAllocator();
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    at::set_num_threads(options.threads > 0 ? options.threads : std::max(1, cores / options.processes));
    device::limitBlasThreads();
    Run(options, group, cascade).go(report, stop);
    if (group.rank() != 0) std::_Exit(0); // a forked helper ends here: only the first process returns to the caller
}

} // namespace n2m::training
