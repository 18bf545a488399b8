#pragma once

#include "engine/composer/Vocabulary.h"
#include "engine/plan/PlanVocabulary.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace n2m::training {

/// A caption, and what is true of the music that it describes.
struct LabelledCaption {
    std::string text;
    std::map<std::string, int> answers; ///< by head of the planner; -1 = not in its vocabulary
    std::set<std::string> said;         ///< the heads that the words give away
    bool reserved = false;              ///< genre and lead are a combination that training never sees
};

/// Captions without end, and without rendering a sound: the choices of a clip are drawn as the composer would draw
/// them, and put into words. Deterministic by seed. Const members may be called from several threads.
class CaptionSource {
public:
    explicit CaptionSource(const composer::Vocabulary& vocabulary, double seconds = 30.0);

    /// What a planner that is fitted on these captions can say.
    const plan::PlanVocabulary& planVocabulary() const { return m_planVocabulary; }

    /// The caption of one clip of the corpus, worded as `wording` falls: a long sentence, tags, or short labels joined.
    LabelledCaption draw(std::uint64_t clipSeed, std::uint64_t wording) const;

    /// Caption number `index` for training: never of a held-out clip, and made rougher, as people type: words dropped,
    /// tags shuffled, small letters, no full stop.
    LabelledCaption training(std::uint64_t seed, std::uint64_t index) const;

    /// Caption number `index` of the held-out clips, as it is.
    LabelledCaption heldOut(std::uint64_t seed, std::uint64_t index) const;

private:
    const composer::Vocabulary& m_vocabulary;
    double m_seconds;
    plan::PlanVocabulary m_planVocabulary;
};

} // namespace n2m::training
