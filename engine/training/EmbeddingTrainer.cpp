#include "engine/training/EmbeddingTrainer.h"

#include "engine/base/Error.h"
#include "engine/device/Runtime.h"
#include "engine/embedding/EmbeddingModel.h"
#include "engine/embedding/JointEmbedding.h"
#include "engine/embedding/Measures.h"
#include "engine/model/Bundle.h"
#include "engine/model/Safetensors.h"
#include "engine/training/AdamW.h"
#include "engine/training/Checkpoint.h"
#include "engine/training/EmbeddingBatches.h"
#include "engine/training/ExponentialAverage.h"
#include "engine/training/LearningRate.h"
#include "engine/training/TeacherTexts.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>
#include <torch/nn/functional/loss.h>
#include <torch/nn/functional/normalization.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <map>
#include <thread>

namespace n2m::training {

using torch::Tensor;
namespace fs = std::filesystem;
namespace F = torch::nn::functional;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t reportEvery = 20;
constexpr double gradientClip = 1.0, average = 0.98;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void appendLine(const fs::path& file, const std::string& head, const std::string& line) {
    std::ofstream stream(file, std::ios::app);
    if (stream && fs::file_size(file) == 0) stream << head << '\n';
    stream << line << std::endl;
    if (!stream) throw base::Failure("{}: cannot be written", file.string());
}

// The towers, and the map from our vectors to the teacher's, which training alone needs.
class Network : public torch::nn::Module {
public:
    Network(std::int64_t teacherWidth, const fs::path& hearing) {
        model = register_module("model", std::make_shared<embedding::EmbeddingModel>(embedding::EmbeddingConfig()));
        if (teacherWidth > 0)
            teacher = register_module("teacher", torch::nn::Linear(model->config().dimensions, teacherWidth));
        if (hearing.empty()) return;
        const model::SafetensorsFile file(hearing);
        std::map<std::string, Tensor> detectors;
        for (const std::string& name : file.names())
            detectors[name] = file.tensor(name);
        try {
            model->audio().hearAs(detectors);
        } catch (const base::Failure& error) {
            throw base::Failure("{}: {}", hearing.string(), error.what());
        }
    }
    std::shared_ptr<embedding::EmbeddingModel> model;
    torch::nn::Linear teacher{nullptr};
};

// Each text of a pair is to choose its sound among those of the batch, and each sound its text.
Tensor contrastiveLoss(const Tensor& texts, const Tensor& sounds, const Tensor& scale) {
    const Tensor logits = torch::matmul(texts, sounds.t()) * scale;
    const Tensor own = torch::arange(logits.size(0), torch::kLong);
    return 0.5 * (F::cross_entropy(logits, own) + F::cross_entropy(logits.t(), own));
}

// One minus the correlation of all similarities between different texts, ours and the teacher's.
Tensor relationLoss(const Tensor& ours, const Tensor& teachers) {
    const Tensor different = torch::ones({ours.size(0), ours.size(0)}, torch::kBool).triu(1);
    const auto centred = [&](const Tensor& vectors) {
        const Tensor pairs = torch::matmul(vectors, vectors.t()).masked_select(different);
        return pairs - pairs.mean();
    };
    const Tensor a = centred(ours), b = centred(teachers);
    return 1.0 - (a * b).sum() / (a.norm() * b.norm()).clamp_min(1e-6);
}

class Run {
public:
    explicit Run(const EmbeddingTrainingOptions& options)
        : m_options(options)
        , m_dataSet(options.data)
        , m_cache(options.data / "cache")
        , m_batches(m_vocabulary, m_dataSet, m_cache)
        , m_teachers(readTeachers(options))
        , m_network((torch::manual_seed(options.seed), m_teachers.empty() ? 0 : m_teachers[0].vectors.size(1)),
                    options.hearing)
        , m_average(m_network.parameters(), average)
        , m_optimizer(m_network.parameters(), m_average, {0.9, 0.99, 1e-8, 0.01})
        , m_checkpoint(options.output / "training", "embedding") {
        m_schedule.steps = options.steps;
        m_schedule.learningRate = options.learningRate;
        m_schedule.warmUp = 50;
        m_schedule.decayFrom = 0.3;
        if (m_checkpoint.newest() >= 0) m_step = m_checkpoint.load(m_network, m_average, m_optimizer);
        torch::manual_seed(options.seed * 1000003 + static_cast<std::uint64_t>(m_step));
    }

    void go(const std::function<void(const TrainingProgress&)>& report, const std::function<bool()>& stop) {
        m_checkpoint.makeFolder();
        note(report, fmt::format("{} clips, {} of them with captions drawn afresh; {} teacher's texts",
                                 m_dataSet.examples(Split::Train).size(), m_batches.freshClips(), teacherTexts()));
        base::Random random =
            base::Random(m_options.seed ^ (static_cast<std::uint64_t>(m_step) << 20)).stream("embedding batches");
        const auto start = Clock::now();
        auto saved = start, reported = start;
        const std::int64_t firstStep = m_step;
        while (m_step < m_options.steps) {
            step(random);
            ++m_step;
            const bool late = m_options.minutes > 0.0 && secondsSince(start) > 60.0 * m_options.minutes;
            const bool ends = stop() || late || m_step == m_options.steps;
            if (m_step % reportEvery == 0 || ends) {
                const auto steps = static_cast<double>(m_sums.steps);
                TrainingProgress progress;
                progress.step = m_step;
                progress.steps = m_options.steps;
                progress.loss = m_sums.contrast / steps;
                progress.clipsPerSecond = steps * m_options.batch / secondsSince(reported);
                progress.secondsLeft = static_cast<double>(m_options.steps - m_step) * secondsSince(start) /
                                       static_cast<double>(m_step - firstStep);
                progress.skipped = m_skipped;
                report(progress);
                appendLine(
                    m_options.output / "training" / "embedding.csv",
                    "step,pairs,seconds,contrast,teacher,relation,scale,rate,skipped",
                    fmt::format("{},{},{:.1f},{:.5f},{:.5f},{:.5f},{:.2f},{:.3g},{}", m_step, m_step * m_options.batch,
                                secondsSince(start), progress.loss, m_sums.teacher / steps, m_sums.relation / steps,
                                m_network.model->scale().item<double>(), learningRate(m_schedule, m_step), m_skipped));
                m_sums = {};
                reported = Clock::now();
            }
            if (ends || secondsSince(saved) > 60.0 * m_options.checkpointMinutes) {
                save(report);
                saved = reported = Clock::now();
            }
            if (ends) break;
        }
    }

private:
    struct Sums {
        double contrast = 0.0, teacher = 0.0, relation = 0.0;
        int steps = 0;
    };

    static std::vector<TeacherTexts> readTeachers(const EmbeddingTrainingOptions& options) {
        std::vector<TeacherTexts> teachers;
        for (const fs::path& file : options.teacher) {
            teachers.push_back(TeacherTexts::read(file));
            if (teachers.back().vectors.size(1) != teachers.front().vectors.size(1))
                throw base::InvalidInput("{}: its vectors have another width than the other teacher's", file.string());
        }
        return teachers;
    }

    static void note(const std::function<void(const TrainingProgress&)>& report, const std::string& text) {
        TrainingProgress progress;
        progress.note = text;
        report(progress);
    }

    std::size_t teacherTexts() const {
        std::size_t count = 0;
        for (const TeacherTexts& teacher : m_teachers)
            count += teacher.texts.size();
        return count;
    }

    void step(base::Random& random) {
        m_network.train();
        embedding::EmbeddingModel& model = *m_network.model;
        const EmbeddingBatch batch = m_batches.draw(m_options.batch, random);
        const Tensor texts = model.text().forward(model.text().batchOf(batch.texts));
        const Tensor sounds = model.audio().forward(embedding::AudioTower::batchOf(batch.logMel));
        const Tensor contrast = contrastiveLoss(texts, sounds, model.scale());
        Tensor loss = contrast;
        if (!m_teachers.empty()) {
            std::vector<std::string> words;
            std::vector<Tensor> vectors;
            for (int n = 0; n < m_options.teacherBatch; ++n) {
                const TeacherTexts& teacher = random.pick(m_teachers);
                const int row = random.integer(0, static_cast<int>(teacher.texts.size()) - 1);
                words.push_back(teacher.texts[static_cast<std::size_t>(row)]);
                vectors.push_back(teacher.vectors[row]);
            }
            const Tensor known = torch::stack(vectors);
            const Tensor ours = model.text().forward(model.text().batchOf(words));
            const Tensor found = F::normalize(m_network.teacher(ours), F::NormalizeFuncOptions().dim(1));
            const Tensor miss = 1.0 - (found * known).sum(1).mean();
            const Tensor relation = relationLoss(ours, known);
            loss = loss + m_options.teacherWeight * (miss + relation);
            m_sums.teacher += miss.item<double>();
            m_sums.relation += relation.item<double>();
        }
        loss.backward();
        std::vector<Tensor> gradients;
        for (Tensor& parameter : m_network.parameters())
            gradients.push_back(std::exchange(parameter.mutable_grad(), Tensor()));
        const double norm = m_optimizer.step(gradients, learningRate(m_schedule, m_step), gradientClip);
        if (!std::isfinite(norm)) ++m_skipped;
        m_sums.contrast += contrast.item<double>();
        ++m_sums.steps;
    }

    void save(const std::function<void(const TrainingProgress&)>& report) {
        m_checkpoint.save(m_step, m_network, m_average, m_optimizer);
        m_average.swap();
        const fs::path folder = m_options.output / model::embeddingFolderName;
        m_network.model->save(folder);
        m_average.swap();
        model::listEmbedding(m_options.output);
        note(report, fmt::format("step {}: checkpoint and weights written{}", m_step, validate(folder)));
    }

    // Measures what was written, as others will load it.
    std::string validate(const fs::path& folder) const {
        const auto joint = embedding::JointEmbedding::load(folder);
        embedding::Recall sound, text;
        if (!m_dataSet.examples(Split::HeldOut).empty()) {
            embedding::Vectors texts, sounds;
            for (const Example& example : m_dataSet.examples(Split::HeldOut)) {
                if (example.longCaptions.empty()) continue;
                const Tensor levels = m_cache.logMel(example.audio).t().to(torch::kFloat).contiguous();
                sounds.push_back(joint.logMel({levels.data_ptr<float>(), static_cast<std::size_t>(levels.numel())}));
                texts.push_back(joint.text(example.longCaptions.front()));
            }
            if (!texts.empty()) {
                sound = embedding::recallOf(texts, sounds);
                text = embedding::recallOf(sounds, texts);
            }
        }
        const double correlation =
            m_options.teacherHeldOut.empty() ? 0.0 : TeacherTexts::read(m_options.teacherHeldOut).correlation(joint);
        appendLine(m_options.output / "training" / "embedding-validation.csv",
                   "step,among,sound_at_1,sound_at_5,sound_at_10,text_at_1,text_at_5,text_at_10,teacher_correlation",
                   fmt::format("{},{},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f},{:.4f}", m_step, sound.among, sound.at1,
                               sound.at5, sound.at10, text.at1, text.at5, text.at10, correlation));
        return fmt::format("; of {} held-out clips {:.1f}, {:.1f}, {:.1f}% are among the 1, 5, 10 nearest to their "
                           "caption; correlation with the teacher {:.3f}",
                           sound.among, 100.0 * sound.at1, 100.0 * sound.at5, 100.0 * sound.at10, correlation);
    }

    const EmbeddingTrainingOptions& m_options;
    composer::Vocabulary m_vocabulary;
    DataSet m_dataSet;
    FeatureCache m_cache;
    EmbeddingBatches m_batches;
    std::vector<TeacherTexts> m_teachers;
    Network m_network;
    ExponentialAverage m_average;
    AdamW m_optimizer;
    Checkpoint m_checkpoint;
    model::TrainingConfig m_schedule;
    Sums m_sums;
    std::int64_t m_step = 0, m_skipped = 0;
};

void check(const EmbeddingTrainingOptions& options) {
    if (options.batch < 2 || options.batch > 4096 || options.teacherBatch < 3 || options.teacherBatch > 4096)
        throw base::InvalidInput("a batch of the joint embedding has 2 to 4096 pairs");
    if (options.steps < 1) throw base::InvalidInput("the joint embedding needs at least one step");
    if (!(options.learningRate > 0.0 && options.learningRate <= 0.1) || !(options.teacherWeight >= 0.0))
        throw base::InvalidInput("the learning rate must be between 0 and 0.1, and the teacher's weight not negative");
}

} // namespace

void trainEmbedding(const EmbeddingTrainingOptions& options, const std::function<void(const TrainingProgress&)>& report,
                    const std::function<bool()>& stop) {
    check(options);
    device::tuneAllocator();
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    at::set_num_threads(options.threads > 0 ? options.threads : cores);
    device::limitBlasThreads();
    Run(options).go(report, stop);
}

} // namespace n2m::training
