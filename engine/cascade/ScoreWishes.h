#pragma once

#include "engine/composer/Style.h"
#include "engine/composer/Vocabulary.h"
#include "engine/plan/ScoreGuide.h"
#include "engine/plan/ScoreRoll.h"
#include "engine/prompt/Understanding.h"

#include <array>
#include <optional>

namespace n2m::cascade {

/// The wishes about a score that is written over a plan. A plain value.
struct ScoreWishes {
    plan::ScoreGuide guide;
    /// Slots whose part of the plan stays as it is (silent where the plan has none), for the others to be fitted to.
    std::array<bool, plan::scoreSlotCount> keep{};
    /// The program of a slot, where it is given.
    std::array<std::optional<int>, plan::scoreSlotCount> programs{};
    /// The programs from which a slot's is chosen where it is not given; none = all of General MIDI.
    plan::SlotPrograms choices{};
    /// The range in seconds that is written; what the plan's parts have outside of it stays. to = 0: everything.
    double from = 0.0, to = 0.0;
};

/// A prompt's wishes about a new score: the instruments that it names play, those that it excludes do not, and the rest
/// is left to the model. `style` is the one that was drawn for the prompt. Pure function: any thread.
ScoreWishes scoreWishes(const composer::Vocabulary& vocabulary, const prompt::Understanding& heard,
                        const composer::Style& style);

} // namespace n2m::cascade
