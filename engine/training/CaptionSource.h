#pragma once

#include "engine/base/Random.h"
#include "engine/composer/Sketch.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/PlanVocabulary.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace n2m::training {

/// A caption with the right answers about the music that it describes.
struct LabelledCaption {
    std::string text;
    std::map<std::string, int> answers; ///< by head of the planner; -1 = not in its vocabulary
    std::set<std::string> said;         ///< the heads whose answer is in the words
    bool reserved = false;              ///< training never sees this combination of genre and lead
};

/// Makes a caption as rough as people type: tags shuffled, words dropped, letters small, the full stop missing.
std::string roughened(std::string text, base::Random& random);

/// An endless source of captions that renders no sound: it draws the choices of a clip as the composer does and puts
/// them into words. Deterministic by seed. Const members may be called from several threads.
class CaptionSource {
public:
    explicit CaptionSource(const composer::Vocabulary& vocabulary, double seconds = 30.0);

    /// The vocabulary of a planner that is trained on these captions.
    const plan::PlanVocabulary& planVocabulary() const { return m_planVocabulary; }

    /// The caption of one clip of the corpus. The seed `wording` decides on a long sentence, tags, or joined labels.
    LabelledCaption draw(std::uint64_t clipSeed, std::uint64_t wording) const;

    /// A caption of a sketch as people type it, made rougher as in training().
    std::string rough(const composer::Sketch& sketch, base::Random& random) const;

    /// Caption number `index` for training, never of a held-out clip. It is made rougher, as people type: words are
    /// dropped, tags shuffled, letters small, the full stop missing.
    LabelledCaption training(std::uint64_t seed, std::uint64_t index) const;

    /// Caption number `index` of the held-out clips, unchanged.
    LabelledCaption heldOut(std::uint64_t seed, std::uint64_t index) const;

private:
    const composer::Vocabulary& m_vocabulary;
    double m_seconds;
    plan::PlanVocabulary m_planVocabulary;
};

} // namespace n2m::training
