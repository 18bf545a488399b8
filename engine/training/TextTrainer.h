#pragma once

#include "engine/composer/Vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace n2m::training {

/// The settings of the training of text encoder and planner.
struct TextTrainingOptions {
    std::filesystem::path output; ///< receives text/ (Hugging Face T5 layout), planner.safetensors, text-training.csv
    std::uint64_t seed = 1;
    int vocabulary = 1200;         ///< pieces of the tokenizer; the captions have words for about 1300
    int tokenizerCaptions = 40000; ///< captions for the tokenizer's own training
    int width = 256, heads = 4, headWidth = 64, feedForward = 512, layers = 2;
    double dropout = 0.05;
    int maximumTokens = 64;
    int steps = 2500, batch = 64;
    double learningRate = 2e-3;
    double wordRate = 10.0;     ///< learning rate of the table of the words, in multiples of the others'
    int heldOutCaptions = 2000; ///< for the report
};

struct TextTrainingProgress {
    std::string phase; ///< "tokenizer", "training", "evaluation"
    int step = 0, steps = 0;
    double loss = 0.0; ///< running mean, nats over all heads
    double captionsPerSecond = 0.0, secondsLeft = 0.0;
};

/// The quality of a head's answers about held-out clips, each given the right answers of the heads before it.
struct HeadReport {
    std::string head;
    int answers = 0;
    double accuracy = 0.0;
    double constant = 0.0; ///< accuracy of always giving the commonest answer
    double expected = 0.0; ///< mean probability of its own best answer: its own estimate of its accuracy
    int said = 0;          ///< captions whose words contain the answer
    double accuracySaid = 0.0, accuracyUnsaid = 0.0;
};

struct TextTrainingReport {
    int steps = 0, captions = 0;
    std::int64_t captionsTrained = 0;
    double seconds = 0.0, loss = 0.0, heldOutLoss = 0.0;
    int reserved = 0; ///< held-out captions of genre and lead that training never combines
    double reservedGenre = 0.0, reservedLead = 0.0; ///< accuracy on the reserved ones whose words say it
    std::vector<HeadReport> heads;
    std::string text() const; ///< as a table
};

/// Trains the tokenizer, then encoder and planner together, on captions that are drawn as they are needed. Uses as many
/// threads as torch is set to. Deterministic by seed on one machine. Files appear only when complete.
/// Throws base::InvalidInput for options out of range, base::Failure if something cannot be written or the loss is no
/// longer finite; what `progress` throws ends the training.
TextTrainingReport trainText(const composer::Vocabulary& vocabulary, const TextTrainingOptions& options,
                             const std::function<void(const TextTrainingProgress&)>& progress = {});

} // namespace n2m::training
