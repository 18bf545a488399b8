#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Vocabulary.h"
#include "engine/model/StageConfig.h"
#include "engine/plan/Plan.h"
#include "engine/training/Batches.h"
#include "engine/training/CaptionSource.h"

#include <memory>
#include <random>
#include <string>

namespace n2m::training {

/// Makes batches for a score generator: rolls (plan::scoreRoll) with their guides and captions, written by the composer
/// as they are needed, or cut from real scores at a bar. Each fact of the guide is hidden at random, apart from the
/// rest and apart from the text. Holds references: vocabulary and scores must outlive it.
class ScoreSource : public Batches {
public:
    /// `scores` may be null: all clips are then composed. Throws base::InvalidInput for a stage whose channels are not
    /// those of rolls and guides, or one that takes text and is given no encoder.
    ScoreSource(const model::StageConfig& stage, const composer::Vocabulary& vocabulary, const DataSet* scores,
                std::shared_ptr<text::TextEncoder> textEncoder);

    /// All clips of a batch are as long: `snippetSeconds` beats, with `augment` sometimes half of it or half as much
    /// again.
    Batch draw(Split split, int size, std::mt19937_64& random, bool augment = true) const override;
    bool hasHeldOut() const override { return true; }

    /// A clip: its plan from beat `firstBeat` on, with a caption.
    struct Clip {
        plan::Plan plan;
        int firstBeat = 0;
        std::string caption;
    };
    Clip composed(Split split, int beats, base::Random& random) const;
    Clip real(Split split, int beats, std::mt19937_64& random) const;

private:
    const model::StageConfig& m_stage;
    const composer::Vocabulary& m_vocabulary;
    const DataSet* m_scores;
    std::shared_ptr<text::TextEncoder> m_textEncoder;
    CaptionSource m_captions;
};

} // namespace n2m::training
