#pragma once

#include "engine/network/UNet.h"
#include "engine/training/DataSet.h"

#include <torch/types.h>

#include <random>
#include <string>
#include <vector>

namespace n2m::text {
class TextEncoder;
}

namespace n2m::training {

/// The input of one training step: clean data and its conditioning, already hidden or corrupted as the training's
/// settings say.
struct Batch {
    torch::Tensor data; ///< [batch, channels, time], in the data's own units
    network::Conditioning conditioning;
};

/// A source of training batches for one stage. One thread at a time.
class Batches {
public:
    virtual ~Batches() = default;
    /// A random batch. With `augment` false nothing is hidden or corrupted, for validation.
    virtual Batch draw(Split split, int size, std::mt19937_64& random, bool augment = true) const = 0;
    virtual bool hasHeldOut() const = 0;

protected:
    Batches() = default;
    Batches(const Batches&) = default;
    Batches& operator=(const Batches&) = default;
};

/// Sets the embeddings and the mask of some texts, cut to `maxTokens`.
void addTexts(const text::TextEncoder& encoder, const std::vector<std::string>& texts, int maxTokens,
              network::Conditioning& conditioning);

} // namespace n2m::training
