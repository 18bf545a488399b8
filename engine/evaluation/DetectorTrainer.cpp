#include "engine/evaluation/DetectorTrainer.h"

#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/evaluation/Detectors.h"
#include "engine/evaluation/Intervals.h"
#include "engine/evaluation/RealClips.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <torch/nn/functional/loss.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <set>

namespace n2m::evaluation {

using torch::Tensor;
namespace F = torch::nn::functional;
using Progress = std::function<void(const DetectorTrainingProgress&)>;

namespace {

constexpr std::int64_t nothingSaid = -100; // the label that cross_entropy ignores

struct Clock {
    std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
    double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); }
};

double uniform(std::mt19937_64& random) {
    return base::unitUniform(random());
}

std::int64_t drawBelow(std::int64_t bound, std::mt19937_64& random) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(bound));
}

std::vector<Head> headsOf(const RealClips& clips, const std::vector<std::string>& attributes) {
    std::vector<Head> heads;
    for (const std::string& name : attributes) {
        std::set<std::string> labels;
        for (std::size_t clip = 0; clip < clips.size(); ++clip)
            if (const std::string label = clips.attribute(clip, name); !label.empty()) labels.insert(label);
        if (labels.size() > 1) heads.push_back({name, {labels.begin(), labels.end()}});
    }
    if (heads.empty())
        throw base::Failure("the data says none of the attributes that the detectors are to hear (in \"attributes\")");
    return heads;
}

/// The pictures and labels that the classifier is trained on.
struct TrainingMaterial {
    std::vector<Tensor> pictures;
    std::vector<std::vector<std::int64_t>> labels; ///< per head, per clip
};

TrainingMaterial materialOf(const RealClips& clips, const std::vector<Head>& heads, ChordProbe::Fit& chords,
                            const Progress& progress) {
    TrainingMaterial material;
    material.labels.resize(heads.size());
    const Clock clock;
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const Spectrogram sound = clips.spectrogram(clip);
        if (const auto& plan = clips.example(clip).plan) chords.add(sound, *plan);
        material.pictures.push_back(AttributeClassifier::picture(sound));
        for (std::size_t head = 0; head < heads.size(); ++head) {
            const auto& labels = heads[head].labels;
            const auto found = std::find(labels.begin(), labels.end(), clips.attribute(clip, heads[head].name));
            material.labels[head].push_back(found == labels.end() ? nothingSaid : found - labels.begin());
        }
        const double done = static_cast<double>(clip + 1), left = static_cast<double>(clips.size()) - done;
        if (progress)
            progress({"listening", static_cast<int>(clip + 1), static_cast<int>(clips.size()), 0.0,
                      clock.seconds() / done * left});
    }
    return material;
}

/// Draws ten seconds from anywhere, a band higher or lower, louder or softer, with some bands missing: the attributes
/// stay the same.
Tensor cropped(const Tensor& picture, std::mt19937_64& random) {
    const std::int64_t window = AttributeClassifier::window, steps = picture.size(2);
    Tensor crop = torch::full({picture.size(0), picture.size(1), window}, -1.0f);
    const std::int64_t length = std::min(steps, window);
    crop.narrow(2, 0, length).copy_(picture.narrow(2, drawBelow(steps - length + 1, random), length));
    crop = torch::roll(crop, drawBelow(3, random) - 1, 1);
    crop.narrow(0, 0, 2).add_(0.08 * (uniform(random) - 0.5) * std::sqrt(3.0));
    if (uniform(random) < 0.5) crop.narrow(1, drawBelow(70, random), 1 + drawBelow(11, random)).zero_();
    return crop;
}

/// The learning rate rises once and falls once (Smith and Topin, "Super-convergence", 2018).
double learningRateAt(double progress, double peak) {
    constexpr double rising = 0.3;
    const auto cosine = [](double from, double to, double part) {
        return to + (from - to) * 0.5 * (1.0 + std::cos(std::numbers::pi * part));
    };
    return progress < rising ? cosine(peak / 25.0, peak, progress / rising)
                             : cosine(peak, 0.0, (progress - rising) / (1.0 - rising));
}

double train(AttributeClassifier& classifier, const TrainingMaterial& material, const DetectorTrainingOptions& options,
             const Progress& progress) {
    std::mt19937_64 random(options.seed);
    torch::optim::AdamW optimizer(classifier.parameters(),
                                  torch::optim::AdamWOptions(options.learningRate).weight_decay(0.03));
    std::vector<std::size_t> order(material.pictures.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    const auto batch = std::min(order.size(), static_cast<std::size_t>(options.batch));
    const int steps = options.epochs * static_cast<int>(order.size() / batch);
    const Clock clock;
    double loss = 0.0;
    int step = 0;
    classifier.train();
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random() % i]);
        for (std::size_t from = 0; from + batch <= order.size(); from += batch, ++step) {
            std::vector<Tensor> crops;
            for (std::size_t i = from; i < from + batch; ++i)
                crops.push_back(cropped(material.pictures[order[i]], random));
            const auto answers = classifier.answers(classifier.features(torch::stack(crops)));
            Tensor total = torch::zeros({});
            for (std::size_t head = 0; head < answers.size(); ++head) {
                std::vector<std::int64_t> labels;
                for (std::size_t i = from; i < from + batch; ++i)
                    labels.push_back(material.labels[head][order[i]]);
                if (std::all_of(labels.begin(), labels.end(), [](auto label) { return label == nothingSaid; }))
                    continue;
                // The first two heads matter most: clips are asked for by genre and lead.
                const double weight = head < 2 ? 1.0 : 0.2;
                total = total + weight * F::cross_entropy(answers[head], torch::tensor(labels, torch::kLong),
                                                          F::CrossEntropyFuncOptions().label_smoothing(0.1));
            }
            optimizer.zero_grad();
            total.backward();
            const double rate = learningRateAt(static_cast<double>(step) / steps, options.learningRate);
            for (auto& group : optimizer.param_groups())
                static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
            optimizer.step();
            const double now = total.item<double>();
            if (!std::isfinite(now)) throw base::Failure("the detectors' loss is no longer finite; try a lower rate");
            loss = step == 0 ? now : loss + (now - loss) * 0.05;
            if (progress)
                progress({"training", step + 1, steps, loss, clock.seconds() / (step + 1) * (steps - step - 1)});
        }
    }
    return loss;
}

/// The mean of the features, and the projection onto their strongest directions in which each has unit variance.
std::pair<Tensor, Tensor> whiteningOf(AttributeClassifier& classifier, const TrainingMaterial& material) {
    const torch::NoGradGuard noGradients;
    classifier.eval();
    std::vector<Tensor> rows;
    for (const Tensor& picture : material.pictures) {
        const std::int64_t length = std::min(picture.size(2), AttributeClassifier::window);
        rows.push_back(classifier.features(picture.narrow(2, 0, length).unsqueeze(0).to(torch::kFloat)));
    }
    const Tensor all = torch::cat(rows).to(torch::kDouble);
    const Tensor mean = all.mean(0), centred = all - mean;
    const auto [values, vectors] = torch::linalg_eigh(
        centred.t().matmul(centred) / static_cast<double>(std::max<std::int64_t>(1, all.size(0) - 1)), "L");
    const std::int64_t first = values.size(0) - Detectors::featureCount; // ascending
    const Tensor strongest = values.narrow(0, first, Detectors::featureCount).clamp_min(1e-9);
    return {mean.to(torch::kFloat),
            (vectors.narrow(1, first, Detectors::featureCount) / strongest.sqrt()).to(torch::kFloat).contiguous()};
}

DetectorReport::Line line(const std::string& name, int labels, const Share& share, double constant) {
    const Interval interval = share.interval();
    return {name, labels, share.rate(), interval.low, interval.high, constant};
}

void test(const Detectors& detectors, const RealClips& clips, DetectorReport& report, const Progress& progress) {
    std::vector<Share> shares(detectors.heads().size());
    std::vector<std::map<std::string, int>> counts(shares.size());
    Share tempo, octave;
    Sample own, wrong;
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const Spectrogram sound = clips.spectrogram(clip);
        const Hearing heard = detectors.hear(sound);
        for (std::size_t head = 0; head < shares.size(); ++head) {
            const std::string name = detectors.heads()[head].name, truth = clips.attribute(clip, name);
            if (truth.empty()) continue;
            shares[head].add(heard.attributes.best(name) == truth);
            ++counts[head][truth];
        }
        if (const auto& plan = clips.example(clip).plan) {
            tempo.add(sameTempo(heard.tempo.bpm, plan->bpm));
            octave.add(sameTempoOrOctave(heard.tempo.bpm, plan->bpm, plan->beatsPerBar));
            if (const auto agreement = detectors.chords().agreement(sound, *plan)) own.add(*agreement);
            const auto& next = clips.example((clip + 1) % clips.size()).plan;
            if (next && clips.size() > 1)
                if (const auto agreement = detectors.chords().agreement(sound, *next)) wrong.add(*agreement);
        }
        if (progress) progress({"testing", static_cast<int>(clip + 1), static_cast<int>(clips.size())});
    }
    for (std::size_t head = 0; head < shares.size(); ++head) {
        int most = 0;
        for (const auto& [label, count] : counts[head])
            most = std::max(most, count);
        report.lines.push_back(line(detectors.heads()[head].name,
                                    static_cast<int>(detectors.heads()[head].labels.size()), shares[head],
                                    shares[head].count > 0 ? static_cast<double>(most) / shares[head].count : 0.0));
    }
    report.lines.push_back(line("tempo", 0, tempo, 0.0));
    report.lines.push_back(line("tempo or octave", 0, octave, 0.0));
    report.chordAgreement = own.mean();
    report.wrongAgreement = wrong.mean();
}

} // namespace

DetectorReport trainDetectors(const DetectorTrainingOptions& options, const Progress& progress) {
    if (options.data.empty() || options.epochs < 1 || options.batch < 2 || !(options.learningRate > 0.0))
        throw base::InvalidInput("the detectors need data, at least one epoch, batches of two and a positive rate");
    const Clock clock;
    const RealClips clips(options.data, training::Split::Train), held(options.data, training::Split::HeldOut);
    const std::vector<Head> heads = headsOf(clips, options.attributes);

    torch::manual_seed(static_cast<std::uint64_t>(options.seed));
    auto classifier = std::make_shared<AttributeClassifier>(heads);
    ChordProbe::Fit chords;
    const TrainingMaterial material = materialOf(clips, heads, chords, progress);
    DetectorReport report;
    report.loss = train(*classifier, material, options, progress);
    auto [mean, projection] = whiteningOf(*classifier, material);
    const Detectors detectors(classifier, chords.finish(), mean, projection);

    report.trainClips = static_cast<int>(clips.size());
    report.heldOutClips = static_cast<int>(held.size());
    test(detectors, held, report, progress);
    report.seconds = clock.seconds();
    std::filesystem::create_directories(options.output);
    detectors.save(options.output / "detectors.safetensors", report.json());
    return report;
}

std::string DetectorReport::text() const {
    std::string result =
        fmt::format("fitted on {} clips in {:.0f} s; on {} held-out clips:\n", trainClips, seconds, heldOutClips);
    for (const Line& row : lines)
        result += fmt::format(
            "  {:<16} {:5.1f}%  ({:.0f} to {:.0f}){}\n", row.attribute, 100.0 * row.rate, 100.0 * row.low,
            100.0 * row.high,
            row.labels > 0 ? fmt::format("  of {} labels; the commonest {:.1f}%", row.labels, 100.0 * row.constant)
                           : "");
    return result + fmt::format("  {:<16} {:5.2f}   with the chords of another clip {:.2f}\n", "chords", chordAgreement,
                                wrongAgreement);
}

std::string DetectorReport::json() const {
    nlohmann::ordered_json attributes;
    for (const Line& row : lines)
        attributes[row.attribute] = {{"rate", row.rate}, {"low", row.low}, {"high", row.high}, {"labels", row.labels}};
    const nlohmann::ordered_json json = {
        {"trainClips", trainClips},         {"heldOutClips", heldOutClips},     {"heldOut", attributes},
        {"chordAgreement", chordAgreement}, {"wrongAgreement", wrongAgreement}, {"loss", loss}};
    return json.dump();
}

} // namespace n2m::evaluation
