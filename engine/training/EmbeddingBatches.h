#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Vocabulary.h"
#include "engine/training/DataSet.h"
#include "engine/training/FeatureCache.h"

#include <torch/types.h>

#include <string>
#include <vector>

namespace n2m::training {

/// Pairs of a window of sound and a text about it.
struct EmbeddingBatch {
    std::vector<std::string> texts;
    torch::Tensor logMel; ///< float32 [windows, 80, 1000], shorter clips followed by silence
};

/// Draws pairs from a data set. A clip of the composed corpus gets a caption that is drawn afresh each time, as rough
/// as people type; others get one of their own. Windows start anywhere, with some bands and some time hidden
/// (SpecAugment, Park et al., 2019). Every other batch has clips of one genre, as far as there are so many: among them
/// genre and tempo tell little, so that lead, mood and the rest have to be heard (hard negatives). Holds references:
/// its arguments must outlive it. One thread.
class EmbeddingBatches {
public:
    EmbeddingBatches(const composer::Vocabulary& vocabulary, const DataSet& dataSet, const FeatureCache& cache);

    /// A clip may come twice only where there are fewer than `size`.
    EmbeddingBatch draw(int size, base::Random& random) const;

    /// The clips whose captions are drawn afresh.
    int freshClips() const;

private:
    std::vector<std::size_t> choose(std::size_t size, base::Random& random) const;
    std::string captionOf(std::size_t clip, base::Random& random) const;
    torch::Tensor windowOf(const Example& example, base::Random& random) const;

    const composer::Vocabulary& m_vocabulary;
    const std::vector<Example>& m_examples;
    const FeatureCache& m_cache;
    std::vector<bool> m_fresh;
    std::vector<std::vector<std::size_t>> m_genres; // the clips of each genre that has several
};

} // namespace n2m::training
