#include "engine/training/TextTrainer.h"

#include "engine/base/Error.h"
#include "engine/cascade/Planner.h"
#include "engine/model/StageConfig.h"
#include "engine/text/T5Encoder.h"
#include "engine/text/Tokenizer.h"
#include "engine/training/CaptionSource.h"
#include "engine/training/LearningRate.h"

#include <fmt/format.h>
#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adam.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numeric>

namespace n2m::training {

namespace {

constexpr int windowBatches = 4; // drawn together and sorted by length, so that little of a batch is padding

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void check(bool good, const base::Message& reason) {
    if (!good) throw base::InvalidInput("text training: {}", reason);
}

void validate(const TextTrainingOptions& options) {
    check(!options.output.empty(), base::Message("there is no output folder"));
    check(options.vocabulary >= 300 && options.vocabulary <= 64000,
          base::Message("the vocabulary must have 300 to 64000 pieces"));
    check(options.tokenizerCaptions >= 100 && options.tokenizerCaptions <= 2000000,
          base::Message("the tokenizer needs 100 to 2000000 captions"));
    check(options.width >= 8 && options.width <= 4096 && options.heads >= 1 && options.heads <= 64 &&
              options.headWidth >= 4 && options.headWidth <= 256 && options.feedForward >= 8 &&
              options.feedForward <= 16384 && options.layers >= 1 && options.layers <= 24,
          base::Message("the encoder's sizes are out of range"));
    check(options.dropout >= 0.0 && options.dropout < 1.0, base::Message("the dropout must be between 0 and 1"));
    check(options.maximumTokens >= 8 && options.maximumTokens <= 512,
          base::Message("a caption may have 8 to 512 tokens"));
    check(options.steps >= 1 && options.batch >= 2 && options.batch <= 4096,
          base::Message("steps or batch are out of range"));
    check(options.learningRate > 0.0 && options.learningRate <= 0.1,
          base::Message("the learning rate must be between 0 and 0.1"));
    check(options.wordRate > 0.0 && options.wordRate <= 100.0,
          base::Message("the rate of the words must be between 0 and 100"));
    check(options.heldOutCaptions >= 10 && options.heldOutCaptions <= 100000,
          base::Message("10 to 100000 held-out captions are needed"));
}

struct CaptionSample {
    std::vector<int> tokens;
    LabelledCaption caption;
};

struct CaptionBatch {
    torch::Tensor tokens, mask; // int64, bool [batch, length]
    cascade::Planner::Targets targets;
};

class TextTrainer {
public:
    TextTrainer(const composer::Vocabulary& vocabulary, const TextTrainingOptions& options,
                const std::function<void(const TextTrainingProgress&)>& progress)
        : m_options(options)
        , m_progress(progress)
        , m_source(vocabulary) {}

    TextTrainingReport run() {
        const auto begin = Clock::now();
        std::error_code error;
        std::filesystem::create_directories(m_options.output / "text", error);
        if (error) throw base::Failure("{}: cannot be made: {}", (m_options.output / "text").string(), error.message());
        trainOwnTokenizer();
        makeNetworks();
        train();
        evaluate();
        m_encoder->save(m_options.output / "text");
        m_planner->save(m_options.output / "planner.safetensors");
        m_report.seconds = secondsSince(begin);
        return m_report;
    }

private:
    void report(const TextTrainingProgress& progress) const {
        if (m_progress) m_progress(progress);
    }

    void trainOwnTokenizer() {
        report({"tokenizer", 0, m_options.tokenizerCaptions});
        std::vector<std::string> captions;
        captions.reserve(static_cast<std::size_t>(m_options.tokenizerCaptions));
        // They come from the far end of the same stream of training captions.
        for (int n = 0; n < m_options.tokenizerCaptions; ++n) {
            captions.push_back(m_source.training(m_options.seed, (1ull << 40) + static_cast<std::uint64_t>(n)).text);
        }
        const auto file = m_options.output / "text" / "spiece.model";
        text::trainTokenizer(captions, m_options.vocabulary, file);
        m_tokenizer.emplace(file);
        report({"tokenizer", m_options.tokenizerCaptions, m_options.tokenizerCaptions});
    }

    void makeNetworks() {
        torch::manual_seed(m_options.seed);
        m_encoder = std::make_shared<text::T5Encoder>(encoderConfig());
        m_planner = std::make_shared<cascade::Planner>(m_source.planVocabulary(), m_options.width);
    }

    text::T5Config encoderConfig() const {
        text::T5Config config;
        config.vocabularySize = m_tokenizer->vocabularySize();
        config.width = m_options.width;
        config.headWidth = m_options.headWidth;
        config.hiddenWidth = m_options.feedForward;
        config.layers = m_options.layers;
        config.heads = m_options.heads;
        config.dropout = m_options.dropout;
        config.feedForward = text::FeedForwardKind::GatedGelu;
        return config;
    }

    CaptionSample sampleOf(LabelledCaption caption) const {
        CaptionSample sample{m_tokenizer->encode(caption.text), std::move(caption)};
        if (sample.tokens.size() > static_cast<std::size_t>(m_options.maximumTokens)) {
            sample.tokens.resize(static_cast<std::size_t>(m_options.maximumTokens));
            sample.tokens.back() = m_tokenizer->eosId();
        }
        return sample;
    }

    CaptionBatch batchOf(const CaptionSample* samples, std::size_t count) const {
        std::size_t length = 1;
        for (std::size_t n = 0; n < count; ++n)
            length = std::max(length, samples[n].tokens.size());
        CaptionBatch batch;
        const auto rows = static_cast<std::int64_t>(count), columns = static_cast<std::int64_t>(length);
        batch.tokens = torch::full({rows, columns}, std::max(m_tokenizer->padId(), 0), torch::kLong);
        batch.mask = torch::zeros({rows, columns}, torch::kBool);
        auto tokens = batch.tokens.accessor<std::int64_t, 2>();
        auto mask = batch.mask.accessor<bool, 2>();
        for (std::int64_t row = 0; row < rows; ++row) {
            const auto& ids = samples[row].tokens;
            for (std::size_t column = 0; column < ids.size(); ++column) {
                tokens[row][static_cast<std::int64_t>(column)] = ids[column];
                mask[row][static_cast<std::int64_t>(column)] = true;
            }
        }
        for (const std::string& head : m_planner->heads()) {
            torch::Tensor target = torch::full({rows}, -1, torch::kLong);
            auto values = target.accessor<std::int64_t, 1>();
            for (std::int64_t row = 0; row < rows; ++row) {
                const auto& answers = samples[row].caption.answers;
                const auto found = answers.find(head);
                if (found != answers.end()) values[row] = found->second;
            }
            batch.targets[head] = target;
        }
        return batch;
    }

    torch::Tensor pooled(const CaptionBatch& batch) {
        const torch::Tensor embeddings = m_encoder->forward(batch.tokens, batch.mask);
        const torch::Tensor mask = batch.mask.to(embeddings.scalar_type()).unsqueeze(2);
        return (embeddings * mask).sum(1) / mask.sum(1);
    }

    // Draws the next batches, each of captions of similar length.
    std::vector<CaptionBatch> drawWindow() {
        std::vector<CaptionSample> samples;
        const auto batch = static_cast<std::size_t>(m_options.batch);
        for (std::size_t n = 0; n < batch * windowBatches; ++n)
            samples.push_back(sampleOf(m_source.training(m_options.seed, m_drawn++)));
        std::stable_sort(samples.begin(), samples.end(), [](const CaptionSample& a, const CaptionSample& b) {
            return a.tokens.size() < b.tokens.size();
        });
        std::vector<CaptionBatch> batches;
        for (std::size_t n = 0; n < samples.size(); n += batch)
            batches.push_back(batchOf(samples.data() + n, batch));
        return batches;
    }

    void train() {
        // The table of the words has entries of unit size, of which a step sees few: it needs larger steps than the
        // rest (T5's own Adafactor scales each step by the size of what it moves; Shazeer & Stern, 2018).
        std::vector<torch::Tensor> words, parameters;
        for (const auto& item : m_encoder->named_parameters()) {
            (item.key() == "shared.weight" ? words : parameters).push_back(item.value());
        }
        for (const torch::Tensor& parameter : m_planner->parameters())
            parameters.push_back(parameter);
        const std::vector<double> rates{1.0, m_options.wordRate};
        std::vector<torch::optim::OptimizerParamGroup> groups{torch::optim::OptimizerParamGroup(parameters),
                                                              torch::optim::OptimizerParamGroup(words)};
        torch::optim::Adam adam(groups, torch::optim::AdamOptions(m_options.learningRate).betas({0.9, 0.99}));
        parameters.insert(parameters.end(), words.begin(), words.end());
        model::TrainingConfig schedule;
        schedule.steps = m_options.steps;
        schedule.learningRate = m_options.learningRate;
        schedule.warmUp = std::min(200, m_options.steps / 4 + 1);
        schedule.decayFrom = 0.5;

        std::ofstream csv(m_options.output / "text-training.csv");
        csv << "step,loss,learning_rate,captions_per_second\n";
        const auto begin = Clock::now();
        std::vector<CaptionBatch> window;
        for (int step = 0; step < m_options.steps; ++step) {
            if (window.empty()) window = drawWindow();
            const CaptionBatch batch = std::move(window.back());
            window.pop_back();
            for (std::size_t group = 0; group < rates.size(); ++group) {
                adam.param_groups()[group].options().set_lr(rates[group] * learningRate(schedule, step));
            }
            adam.zero_grad();
            const torch::Tensor loss = m_planner->loss(pooled(batch), batch.targets);
            const double value = loss.item<double>();
            if (!std::isfinite(value)) throw base::Failure("text training: the loss is not finite at step {}", step);
            loss.backward();
            torch::nn::utils::clip_grad_norm_(parameters, 1.0);
            adam.step();

            m_report.loss = step == 0 ? value : 0.98 * m_report.loss + 0.02 * value;
            m_report.captionsTrained += m_options.batch;
            const double seconds = secondsSince(begin), done = step + 1;
            const double rate = done * m_options.batch / seconds;
            if (step % 20 == 0 || step + 1 == m_options.steps) {
                csv << fmt::format("{},{:.4f},{:.6f},{:.1f}\n", step, value, learningRate(schedule, step), rate)
                    << std::flush;
                report({"training", step + 1, m_options.steps, m_report.loss, rate,
                        seconds / done * (m_options.steps - done)});
            }
        }
        if (!csv) throw base::Failure("{}: cannot be written", (m_options.output / "text-training.csv").string());
        m_report.steps = m_options.steps;
    }

    void evaluate() {
        report({"evaluation", 0, m_options.heldOutCaptions});
        const torch::NoGradGuard noGradients;
        m_encoder->eval();
        m_planner->eval();
        std::vector<CaptionSample> samples;
        for (int n = 0; n < m_options.heldOutCaptions; ++n) {
            samples.push_back(sampleOf(m_source.heldOut(m_options.seed, static_cast<std::uint64_t>(n))));
        }
        std::map<std::string, std::vector<torch::Tensor>> logits;
        double loss = 0.0;
        for (std::size_t n = 0; n < samples.size(); n += 200) {
            const std::size_t count = std::min<std::size_t>(200, samples.size() - n);
            const CaptionBatch batch = batchOf(samples.data() + n, count);
            const torch::Tensor mean = pooled(batch);
            loss += m_planner->loss(mean, batch.targets).item<double>() * static_cast<double>(count);
            for (auto& [head, values] : m_planner->forward(mean, batch.targets))
                logits[head].push_back(torch::softmax(values, 1));
        }
        m_report.captions = m_options.heldOutCaptions;
        m_report.heldOutLoss = loss / m_options.heldOutCaptions;
        for (const std::string& head : m_planner->heads()) {
            m_report.heads.push_back(reportOn(head, samples, torch::cat(logits.at(head))));
        }
    }

    HeadReport reportOn(const std::string& head, const std::vector<CaptionSample>& samples,
                        const torch::Tensor& probabilities) {
        HeadReport result;
        result.head = head;
        result.answers = m_planner->answers(head);
        const auto [best, given] = probabilities.max(1);
        std::vector<int> counts(static_cast<std::size_t>(result.answers), 0);
        int known = 0, right = 0, saidRight = 0, reservedRight = 0, reservedSaid = 0, reserved = 0;
        double expected = 0.0;
        for (std::size_t n = 0; n < samples.size(); ++n) {
            const LabelledCaption& caption = samples[n].caption;
            const int answer = caption.answers.at(head);
            reserved += caption.reserved;
            if (answer < 0) continue;
            const auto row = static_cast<std::int64_t>(n);
            const bool hit = given[row].item<std::int64_t>() == answer;
            const bool said = caption.said.contains(head);
            ++known;
            ++counts[static_cast<std::size_t>(answer)];
            expected += best[row].item<double>();
            right += hit;
            result.said += said;
            saidRight += said && hit;
            reservedSaid += said && caption.reserved;
            reservedRight += said && caption.reserved && hit;
        }
        const auto share = [](int part, int whole) { return whole > 0 ? static_cast<double>(part) / whole : 0.0; };
        result.accuracy = share(right, known);
        result.constant = share(*std::max_element(counts.begin(), counts.end()), known);
        result.expected = known > 0 ? expected / known : 0.0;
        result.accuracySaid = share(saidRight, result.said);
        result.accuracyUnsaid = share(right - saidRight, known - result.said);
        m_report.reserved = reserved;
        if (head == "genre") m_report.reservedGenre = share(reservedRight, reservedSaid);
        if (head == "attribute/lead") m_report.reservedLead = share(reservedRight, reservedSaid);
        return result;
    }

    const TextTrainingOptions& m_options;
    const std::function<void(const TextTrainingProgress&)>& m_progress;
    CaptionSource m_source;
    std::optional<text::Tokenizer> m_tokenizer;
    std::shared_ptr<text::T5Encoder> m_encoder;
    std::shared_ptr<cascade::Planner> m_planner;
    std::uint64_t m_drawn = 0;
    TextTrainingReport m_report;
};

} // namespace

std::string TextTrainingReport::text() const {
    std::string table = fmt::format("{} steps, {} captions, {:.0f} s; loss {:.3f}, held out {:.3f} nats\n"
                                    "{:<28} {:>7} {:>8} {:>8} {:>8}   {:>6} {:>8} {:>8}\n",
                                    steps, captionsTrained, seconds, loss, heldOutLoss, "head", "answers", "right",
                                    "constant", "expected", "said", "right", "unsaid");
    for (const HeadReport& head : heads) {
        table +=
            fmt::format("{:<28} {:>7} {:>8.3f} {:>8.3f} {:>8.3f}   {:>6} {:>8.3f} {:>8.3f}\n", head.head, head.answers,
                        head.accuracy, head.constant, head.expected, head.said, head.accuracySaid, head.accuracyUnsaid);
    }
    table +=
        fmt::format("{} of {} captions combine a genre and a lead that training never saw together: genre {:.3f}, lead "
                    "{:.3f} right where said\n",
                    reserved, captions, reservedGenre, reservedLead);
    return table;
}

TextTrainingReport trainText(const composer::Vocabulary& vocabulary, const TextTrainingOptions& options,
                             const std::function<void(const TextTrainingProgress&)>& progress) {
    validate(options);
    return TextTrainer(vocabulary, options, progress).run();
}

} // namespace n2m::training
