#pragma once

#include "engine/audio/LogMel.h"
#include "engine/model/StageConfig.h"
#include "engine/plan/NoteSpectra.h"
#include "engine/training/Batches.h"
#include "engine/training/DataSet.h"
#include "engine/training/FeatureCache.h"

#include <torch/types.h>

#include <memory>
#include <random>

namespace n2m::text {
class TextEncoder;
}

namespace n2m::training {

/// Makes batches for a stage from a data set: snippets, texts and plans, with dropout and conditioning augmentation
/// (Noise2Music, §3.4 and §4). Holds references: data set and cache must outlive it.
class BatchSource : public Batches {
public:
    /// `textEncoder` may be null for a stage without text, `noteSpectra` for one that stacks no score spectrogram.
    /// Throws base::Failure if the data set lacks something that the stage needs.
    BatchSource(const model::StageConfig& stage, const DataSet& dataSet, const FeatureCache& cache,
                std::shared_ptr<text::TextEncoder> textEncoder,
                std::shared_ptr<const plan::NoteSpectra> noteSpectra = nullptr);

    /// A random batch. With `augment` false nothing is hidden or corrupted, for validation.
    Batch draw(Split split, int size, std::mt19937_64& random, bool augment = true) const override;
    bool hasHeldOut() const override { return !m_dataSet.examples(Split::HeldOut).empty(); }

private:
    struct Sample;
    Sample drawSpectrogram(const Example& example, std::mt19937_64& random, bool augment) const;
    Sample drawAudio(const Example& example, std::mt19937_64& random) const;
    Sample drawSpectrum(const Example& example, std::mt19937_64& random) const;
    std::int64_t snippetLength(const Example& example) const;
    std::int64_t samplesPerFrame() const;
    torch::Tensor corrupt(torch::Tensor conditioning, double deviation, std::mt19937_64& random) const;

    const model::StageConfig& m_stage;
    const DataSet& m_dataSet;
    const FeatureCache& m_cache;
    std::shared_ptr<text::TextEncoder> m_textEncoder;
    std::shared_ptr<const plan::NoteSpectra> m_noteSpectra; ///< null where the score spectrogram is not stacked
    audio::LogMel m_logMel;
};

} // namespace n2m::training
