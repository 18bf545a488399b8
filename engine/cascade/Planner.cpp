#include "engine/cascade/Planner.h"

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Random.h"
#include "engine/model/Safetensors.h"
#include "engine/plan/Harmony.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <torch/nn/init.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>

namespace n2m::cascade {

namespace {

constexpr int width = 192;           // of a choice's hidden layer
constexpr double hiddenChance = 0.1; // of hiding a choice from those after it, in training
constexpr const char* attributePrefix = "attribute/";
constexpr std::string_view withPrefix = "with "; // prefix of attributes: whether an instrument accompanies
constexpr const char* noEra = "none";            // in the vocabulary
constexpr double mentionWeight = 12.0;           // nats in favour of a lead that the prompt names
constexpr double asksFor = 0.6;                  // the least probability of an instrument that the text asks for
constexpr const char* vocabularyKey = "n2m.planner.vocabulary";
constexpr const char* textWidthKey = "n2m.planner.textWidth";

class Dice {
public:
    explicit Dice(std::uint64_t seed)
        : m_random(base::Random::fromEngineSeed(seed)) {}
    double uniform() { return m_random.uniform(); }

    // An index, in proportion to exp(logit / temperature), among those allowed.
    int draw(const torch::Tensor& logits, double temperature, const std::vector<bool>& allowed = {}) {
        const torch::Tensor values = logits.detach().to(torch::kCPU, torch::kFloat64).reshape({-1}).contiguous();
        const double* logit = values.data_ptr<double>();
        const auto count = static_cast<std::size_t>(values.numel());
        double highest = -INFINITY;
        for (std::size_t n = 0; n < count; ++n) {
            if (allowed.empty() || allowed[n]) highest = std::max(highest, logit[n]);
        }
        std::vector<double> weights(count, 0.0);
        double total = 0.0;
        for (std::size_t n = 0; n < count; ++n) {
            if (!allowed.empty() && !allowed[n]) continue;
            weights[n] = std::exp((logit[n] - highest) / temperature);
            // Answers that are less than a hundredth as likely as the best would together be drawn too often.
            if (weights[n] < 0.01) weights[n] = 0.0;
            total += weights[n];
        }
        if (!(total > 0.0)) throw base::Failure("the planner's weights or the text's embedding are not finite");
        double left = uniform() * total;
        for (std::size_t n = 0; n < count; ++n) {
            left -= weights[n];
            if (left < 0.0 && weights[n] > 0.0) return static_cast<int>(n);
        }
        return static_cast<int>(std::max_element(weights.begin(), weights.end()) - weights.begin());
    }

private:
    base::Random m_random;
};

// Compares a shape that the metadata claims with the file, before anything is allocated for it.
void requireShape(const model::SafetensorsFile& weights, const std::string& tensor,
                  const std::vector<std::int64_t>& shape) {
    if (weights.info(tensor).shape == shape) return;
    throw base::Failure("{}: tensor \"{}\": has shape [{}], its vocabulary wants [{}]",
                        base::printable(weights.path().string()), tensor,
                        fmt::format("{}", fmt::join(weights.info(tensor).shape, ", ")),
                        fmt::format("{}", fmt::join(shape, ", ")));
}

} // namespace

const std::vector<std::string>& Planner::choices() {
    static const std::vector<std::string> names{"genre", "tempo", "mode", "tonic", "metre", "progression", "form"};
    return names;
}

Planner::Planner(plan::PlanVocabulary vocabulary, int textWidth)
    : m_vocabulary(std::move(vocabulary))
    , m_textWidth(textWidth) {
    m_norm = register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({textWidth})));
    for (const std::string& name : choices()) {
        Choice choice;
        choice.name = name;
        choice.text = register_module(name + "_text", torch::nn::Linear(textWidth, width));
        choice.answer = register_module(name + "_answer", torch::nn::Linear(width, answers(name)));
        for (const Choice& earlier : m_choices) {
            auto embedding = torch::nn::Embedding(answers(earlier.name) + 1, width);
            torch::nn::init::normal_(embedding->weight, 0.0, 0.3);
            choice.before.push_back(register_module(name + "_after_" + earlier.name, embedding));
        }
        m_choices.push_back(std::move(choice));
    }
    for (const auto& [name, values] : m_vocabulary.attributes) {
        const std::string head = attributePrefix + name;
        m_attributes.emplace(head, register_module("attribute_" + name, torch::nn::Linear(textWidth, answers(head))));
    }
}

std::vector<std::string> Planner::heads() const {
    std::vector<std::string> names = choices();
    for (const auto& entry : m_attributes)
        names.push_back(entry.first);
    return names;
}

int Planner::answers(const std::string& head) const {
    if (head == "genre") return static_cast<int>(m_vocabulary.genres.size());
    if (head == "tempo") return plan::tempoBins;
    if (head == "mode") return 2;
    if (head == "tonic") return 12;
    if (head == "metre") return static_cast<int>(m_vocabulary.metres.size());
    if (head == "progression") return static_cast<int>(m_vocabulary.progressions.size());
    if (head == "form") return static_cast<int>(m_vocabulary.forms.size());
    if (head.starts_with(attributePrefix)) {
        const auto found = m_vocabulary.attributes.find(head.substr(std::string(attributePrefix).size()));
        if (found != m_vocabulary.attributes.end()) return static_cast<int>(found->second.size());
    }
    throw base::InvalidInput("the planner has no head \"{}\"", head);
}

torch::Tensor Planner::choiceLogits(const Choice& choice, const torch::Tensor& normed, const Targets& targets) {
    torch::Tensor hidden = torch::nn::Linear(choice.text)->forward(normed);
    for (std::size_t n = 0; n < choice.before.size(); ++n) {
        torch::nn::Embedding embedding = choice.before[n];
        const std::int64_t unknown = embedding->weight.size(0) - 1;
        const auto found = targets.find(m_choices[n].name);
        torch::Tensor index =
            found != targets.end()
                ? torch::where(found->second < 0, torch::full_like(found->second, unknown), found->second)
                : torch::full({normed.size(0)}, unknown, torch::TensorOptions(normed.device()).dtype(torch::kLong));
        hidden = hidden + embedding->forward(index);
    }
    return torch::nn::Linear(choice.answer)->forward(torch::gelu(hidden));
}

std::map<std::string, torch::Tensor> Planner::forward(const torch::Tensor& pooled, const Targets& targets) {
    const torch::Tensor normed = m_norm->forward(pooled);
    std::map<std::string, torch::Tensor> logits;
    for (const Choice& choice : m_choices)
        logits[choice.name] = choiceLogits(choice, normed, targets);
    for (auto& [name, linear] : m_attributes)
        logits[name] = linear->forward(normed);
    return logits;
}

torch::Tensor Planner::loss(const torch::Tensor& pooled, const Targets& targets) {
    torch::Tensor total = torch::zeros({}, pooled.options());
    Targets seen = targets;
    if (is_training()) {
        for (auto& [head, target] : seen) {
            const torch::Tensor hidden = torch::rand(target.sizes(), pooled.options()) < hiddenChance;
            target = target.masked_fill(hidden, -1);
        }
    }
    for (const auto& [head, logits] : forward(pooled, seen)) {
        const auto found = targets.find(head);
        if (found == targets.end()) continue;
        const torch::Tensor known = (found->second >= 0).to(logits.scalar_type());
        const torch::Tensor logProbabilities = torch::log_softmax(logits, 1);
        const torch::Tensor picked = logProbabilities.gather(1, found->second.clamp_min(0).unsqueeze(1)).squeeze(1);
        total = total - (picked * known).sum() / known.sum().clamp_min(1.0);
    }
    return total;
}

plan::PlanSketch Planner::sketch(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds,
                                 std::uint64_t seed, double temperature) {
    const torch::NoGradGuard noGradients;
    if (pooled.numel() != m_textWidth) {
        throw base::InvalidInput("the planner wants text of width {}, not {}", m_textWidth, pooled.numel());
    }
    const torch::Tensor normed =
        m_norm->forward(pooled.detach().to(m_norm->weight.device(), torch::kFloat).reshape({1, -1}));
    Dice dice(seed);
    Targets made;
    const auto note = [&](const std::string& name, int answer) {
        made[name] = torch::full({1}, answer, torch::TensorOptions(normed.device()).dtype(torch::kLong));
        return answer;
    };
    const auto choose = [&](const std::string& name, const std::vector<bool>& allowed = {}) {
        const auto choice =
            std::find_if(m_choices.begin(), m_choices.end(), [&](const Choice& c) { return c.name == name; });
        return note(name, dice.draw(choiceLogits(*choice, normed, made), temperature, allowed));
    };

    plan::PlanSketch sketch;
    choose("genre");
    if (wishes.bpm) {
        sketch.bpm = *wishes.bpm;
        note("tempo", plan::tempoBin(sketch.bpm));
    } else {
        const int bin = choose("tempo");
        // A whole number of bpm within the bin; every bin is wide enough for one.
        const double low = std::ceil(plan::lowestBpmOf(bin)), high = std::ceil(plan::lowestBpmOf(bin + 1)) - 1.0;
        sketch.bpm = low + std::floor(dice.uniform() * (std::max(low, high) - low + 1.0));
    }

    std::optional<plan::Key> key = wishes.key;
    if (!key && !wishes.chords.empty()) key = plan::keyOf(wishes.chords);
    sketch.key.minor = (key ? note("mode", key->minor) : choose("mode")) == 1;
    sketch.key.tonic = key ? note("tonic", key->tonic) : choose("tonic");

    // Chords that share a bar need a bar that holds them.
    std::size_t mostChords = 0;
    for (const plan::Bar& bar : wishes.chords)
        mostChords = std::max(mostChords, bar.size());
    if (wishes.beatsPerBar) {
        sketch.beatsPerBar = *wishes.beatsPerBar;
        note("metre", m_vocabulary.metre(sketch.beatsPerBar));
    } else {
        std::vector<bool> roomy;
        for (const int metre : m_vocabulary.metres)
            roomy.push_back(metre >= static_cast<int>(mostChords));
        const bool any = std::find(roomy.begin(), roomy.end(), true) != roomy.end();
        sketch.beatsPerBar =
            m_vocabulary.metres[static_cast<std::size_t>(choose("metre", any ? roomy : std::vector<bool>{}))];
    }

    if (!wishes.chords.empty()) {
        sketch.progressions = {wishes.chords};
        sketch.goesOn = true; // the chords follow each other, whatever sections there are
    } else {
        std::vector<bool> ofMode;
        for (const plan::ProgressionEntry& entry : m_vocabulary.progressions)
            ofMode.push_back(entry.minor == sketch.key.minor);
        const bool any = std::find(ofMode.begin(), ofMode.end(), true) != ofMode.end();
        const int index = choose("progression", any ? ofMode : std::vector<bool>{});
        sketch.progressions = {
            plan::progressionInKey(sketch.key, m_vocabulary.progressions[static_cast<std::size_t>(index)].degrees)};
    }

    const plan::Form& form = m_vocabulary.forms[static_cast<std::size_t>(choose("form"))];
    const double barSeconds = 60.0 / sketch.bpm * sketch.beatsPerBar;
    sketch.form =
        plan::layOut(form, static_cast<int>(std::clamp(std::ceil(seconds / barSeconds - 0.25), 1.0, 10000.0)));
    return sketch;
}

composer::Style Planner::style(const torch::Tensor& pooled, const std::set<std::string>& mentioned, std::uint64_t seed,
                               double temperature) {
    const torch::NoGradGuard noGradients;
    const torch::Tensor normed =
        m_norm->forward(pooled.detach().to(m_norm->weight.device(), torch::kFloat).reshape({1, -1}));
    Dice dice(seed);
    composer::Style style;
    style.genre =
        m_vocabulary
            .genres[static_cast<std::size_t>(dice.draw(choiceLogits(m_choices.front(), normed, {}), temperature))];
    const auto logitsOf = [&](const std::string& name) {
        const auto head = m_attributes.find(attributePrefix + name);
        return head == m_attributes.end() ? torch::Tensor() : torch::nn::Linear(head->second)->forward(normed);
    };
    const auto choose = [&](const std::string& name, const torch::Tensor& logits) {
        return logits.defined()
                   ? m_vocabulary.attributes.at(name)[static_cast<std::size_t>(dice.draw(logits, temperature))]
                   : std::string();
    };
    torch::Tensor leads = logitsOf("lead");
    for (const std::string& lead : mentioned) {
        const int index = m_vocabulary.attribute("lead", lead);
        if (leads.defined() && index >= 0) leads[0][index] += mentionWeight;
    }
    style.lead = choose("lead", leads);
    style.mood = choose("mood", logitsOf("mood"));
    if (const std::string era = choose("era", logitsOf("era")); !era.empty()) style.era = era == noEra ? "" : era;
    style.feel = choose("feel", logitsOf("feel"));
    if (const std::string drums = choose("drums", logitsOf("drums")); !drums.empty()) style.drums = drums == "yes";
    for (const auto& [name, answers] : m_vocabulary.attributes) {
        if (!name.starts_with(withPrefix)) continue;
        const torch::Tensor chances = torch::softmax(logitsOf(name), 1);
        if (chances[0][m_vocabulary.attribute(name, "yes")].item<double>() > asksFor)
            style.instruments.push_back(name.substr(withPrefix.size()));
    }
    return style;
}

plan::Plan Planner::draw(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds,
                         std::uint64_t seed, double temperature) {
    return plan::buildPlan(sketch(pooled, wishes, seconds, seed, temperature), seconds);
}

void Planner::save(const std::filesystem::path& file) const {
    model::writeSafetensors(file, model::parametersOf(*this),
                            {{vocabularyKey, toJson(m_vocabulary).dump()}, {textWidthKey, std::to_string(m_textWidth)}},
                            torch::kHalf);
}

std::shared_ptr<Planner> Planner::load(const std::filesystem::path& file) {
    const model::SafetensorsFile weights(file);
    const auto metadata = weights.metadata();
    const auto vocabulary = metadata.find(vocabularyKey);
    const auto textWidth = metadata.find(textWidthKey);
    if (vocabulary == metadata.end() || textWidth == metadata.end()) {
        throw base::Failure("{}: this is not a planner: its metadata lacks {}", base::printable(file.string()),
                            vocabularyKey);
    }
    plan::PlanVocabulary words;
    int width = 0;
    try {
        words = plan::planVocabularyFromJson(nlohmann::json::parse(vocabulary->second));
        width = std::stoi(textWidth->second);
        if (width < 1 || width > 16384) throw base::InvalidInput("a text width of {}", width);
    } catch (const std::exception& error) {
        throw base::Failure(base::within(base::printable(file.string()), error));
    }
    requireShape(weights, "norm.weight", {width});
    for (const auto& [name, values] : words.attributes)
        requireShape(weights, "attribute_" + name + ".weight", {static_cast<std::int64_t>(values.size()), width});
    const auto planner = std::make_shared<Planner>(std::move(words), width);
    model::loadParameters(*planner, weights);
    planner->eval();
    return planner;
}

} // namespace n2m::cascade
