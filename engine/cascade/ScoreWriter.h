#pragma once

#include "engine/cascade/ScoreWishes.h"
#include "engine/cascade/Stage.h"
#include "engine/plan/Plan.h"
#include "engine/text/TextEncoder.h"

#include <cstdint>

namespace n2m::cascade {

/// Writes scores with the score generator: diffusion over a roll (plan::scoreRoll), shown the text and the plan. What
/// is given (parts, ranges, instruments) is put in as in a repaint. Borrows its stage. One thread.
class ScoreWriter {
public:
    /// A piece that is longer is written in overlapping windows of this many beats, each continuing the last.
    static constexpr int windowBeats = 96, overlapBeats = 32;

    explicit ScoreWriter(const Stage& stage);

    /// The plan with a new score. `text` and `negative` may be null. The plan's beats, key, chords and sections stay;
    /// its parts are replaced except for what the wishes keep. The same arguments give the same score on the same
    /// machine and number of threads. Throws as Stage::sample does, and base::InvalidInput for a plan without length.
    plan::Plan write(plan::Plan plan, const text::EmbeddedText* text, const text::EmbeddedText* negative,
                     const ScoreWishes& wishes, const model::SamplingConfig& sampling, std::uint64_t seed) const;

    const model::StageConfig& config() const { return m_stage.config(); }

private:
    const Stage& m_stage;
};

} // namespace n2m::cascade
