#pragma once

#include "engine/plan/Plan.h"
#include "engine/plan/PlanVocabulary.h"
#include "engine/plan/PlanWishes.h"

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace n2m::cascade {

/// What a planner makes of a prompt beside the plan, in the words of its vocabulary; empty = it has no such head.
struct Character {
    std::string genre, lead, mood, era, feel;
    std::optional<bool> drums;
    std::vector<std::string> instruments; ///< that accompany and that the text asks for
};

/// From a prompt to a plan: choices made one after the other, each from the text and all choices before it
/// (genre → tempo → mode → tonic → metre → progression → form), and beside them auxiliary heads (lead instrument,
/// mood, …) that see the text alone and exist to shape the text encoder. Internal to the engine: it shows torch.
/// Owns its weights; one thread at a time.
class Planner : public torch::nn::Module {
public:
    /// The heads that depend on each other, in the order of the choices. Auxiliary ones are named "attribute/lead", ….
    static const std::vector<std::string>& choices();

    Planner(plan::PlanVocabulary vocabulary, int textWidth);

    const plan::PlanVocabulary& vocabulary() const { return m_vocabulary; }
    int textWidth() const { return m_textWidth; }
    /// Every head, choices first; and how many answers a head has.
    std::vector<std::string> heads() const;
    int answers(const std::string& head) const;

    /// By head: which answer is right, int64 [batch], -1 = unknown. Heads may be missing.
    using Targets = std::map<std::string, torch::Tensor>;

    /// Logits [batch, answers] of every head from the mean of the token embeddings [batch, textWidth]. A choice sees
    /// the targets of those before it; unknown or missing ones leave it to the text.
    std::map<std::string, torch::Tensor> forward(const torch::Tensor& pooled, const Targets& targets);

    /// The sum over the heads of the mean cross entropy over what is known of each, in nats. While training, a choice
    /// is now and then hidden from those after it, so that they can do without it.
    torch::Tensor loss(const torch::Tensor& pooled, const Targets& targets);

    /// Draws what was not wished, with the seed, from the softmax at `temperature`. The same call on the same machine
    /// gives the same plan. `pooled` is [1, textWidth] or [textWidth]. Chords without a key imply one.
    /// Throws std::invalid_argument as buildPlan does.
    plan::PlanSketch sketch(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds,
                            std::uint64_t seed, double temperature = 0.7);
    plan::Plan draw(const torch::Tensor& pooled, const plan::PlanWishes& wishes, double seconds, std::uint64_t seed,
                    double temperature = 0.7);

    /// Who plays: the genre is the one that `draw` draws with the same seed; the rest comes from the text alone.
    /// `mentioned`: leads that the prompt names, which are then preferred.
    Character character(const torch::Tensor& pooled, const std::set<std::string>& mentioned, std::uint64_t seed,
                        double temperature = 0.7);

    /// One safetensors file, its vocabulary in the metadata. Throws std::runtime_error, one line that names the file.
    void save(const std::filesystem::path& file) const;
    static std::shared_ptr<Planner> load(const std::filesystem::path& file);

private:
    struct Choice {
        std::string name;
        torch::nn::Linear text{nullptr}, answer{nullptr};
        std::vector<torch::nn::Embedding> before; // of the choices before it; the last row = unknown
    };
    torch::Tensor choiceLogits(const Choice& choice, const torch::Tensor& normed, const Targets& targets);

    plan::PlanVocabulary m_vocabulary;
    int m_textWidth;
    torch::nn::LayerNorm m_norm{nullptr};
    std::vector<Choice> m_choices;
    std::map<std::string, torch::nn::Linear> m_attributes;
};

} // namespace n2m::cascade
