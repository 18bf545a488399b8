#pragma once

#include "engine/composer/Style.h"
#include "engine/plan/Plan.h"
#include "engine/plan/PlanVocabulary.h"
#include "engine/plan/PlanWishes.h"

#include <torch/nn/modules/embedding.h>
#include <torch/nn/modules/linear.h>
#include <torch/nn/modules/normalization.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace n2m::cascade {

/// A network from a prompt to a plan. It makes choices one after the other, each from the text and all choices before
/// it (genre → tempo → mode → tonic → metre → progression → form). Auxiliary heads (lead instrument, mood, …) see the
/// text alone; they shape the text encoder and give the style of the score. Internal to the engine: it shows torch.
/// Owns its weights; one thread at a time.
class Planner : public torch::nn::Module {
public:
    /// The heads that depend on each other, in the order of the choices. Auxiliary ones are named "attribute/lead", ….
    static const std::vector<std::string>& choices();

    Planner(plan::PlanVocabulary vocabulary, int textWidth);

    const plan::PlanVocabulary& vocabulary() const { return m_vocabulary; }
    int textWidth() const { return m_textWidth; }
    /// Every head, choices first, and the number of answers that a head has.
    std::vector<std::string> heads() const;
    int answers(const std::string& head) const;

    /// The right answer by head, int64 [batch], -1 = unknown. Heads may be missing.
    using Targets = std::map<std::string, torch::Tensor>;

    /// Logits [batch, answers] of every head from the mean of the token embeddings [batch, textWidth]. A choice sees
    /// the targets of those before it; unknown or missing ones leave it to the text.
    std::map<std::string, torch::Tensor> forward(const torch::Tensor& pooled, const Targets& targets);

    /// The sum over the heads of the mean cross entropy over the known answers of each, in nats. While training, a
    /// choice is hidden at random from those after it, so that they can do without it.
    torch::Tensor loss(const torch::Tensor& pooled, const Targets& targets);

    /// Draws the choices without a wish from the softmax at `temperature`. The same call on the same machine gives the
    /// same plan. `pooled` is [1, textWidth] or [textWidth]. Chords without a key imply one. Throws base::InvalidInput
    /// as buildPlan does.
    plan::PlanSketch sketch(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds,
                            std::uint64_t seed, double temperature = 0.7);
    plan::Plan draw(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds, std::uint64_t seed,
                    double temperature = 0.7);

    /// The style of the score, empty where the planner has no head: the genre is the one that `draw` draws with the
    /// same seed; the rest comes from the text alone. `mentioned`: leads that the prompt names, which are preferred.
    composer::Style style(const torch::Tensor& pooled, const std::set<std::string>& mentioned, std::uint64_t seed,
                          double temperature = 0.7);

    /// A safetensors file with the vocabulary in its metadata. Throws base::Failure, one line that names the file.
    void save(const std::filesystem::path& file) const;
    static std::shared_ptr<Planner> load(const std::filesystem::path& file);

private:
    struct Choice {
        std::string name;
        torch::nn::Linear text{nullptr}, answer{nullptr};
        std::vector<torch::nn::Embedding> before; ///< one for each choice before it; the last row = unknown
    };
    torch::Tensor choiceLogits(const Choice& choice, const torch::Tensor& normed, const Targets& targets);

    plan::PlanVocabulary m_vocabulary;
    int m_textWidth;
    torch::nn::LayerNorm m_norm{nullptr};
    std::vector<Choice> m_choices;
    std::map<std::string, torch::nn::Linear> m_attributes;
};

} // namespace n2m::cascade
