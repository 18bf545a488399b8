#pragma once

#include "engine/cascade/SoundStep.h"

#include <nlohmann/json_fwd.hpp>

namespace n2m::cascade {

/// The first step of a route: from text and plan to a spectrogram or to sound at a low rate. Borrows its stage from a
/// cascade. One thread.
class Generator {
public:
    Generator(const Stage& stage, const model::SamplingConfig& sampling);

    const model::StageConfig& config() const { return m_stage.config(); }

    RunPart part(const StageInput& input, double seconds) const;

    /// Values are clamped to [-1, 1]; the length is at least that of the clip. Throws as Stage::sample does, and what
    /// the monitor throws.
    Signal run(const StageInput& input, const StepRun& run) const;

    /// Its entry in the recipe's "stages".
    nlohmann::ordered_json recipe() const;

private:
    const Stage& m_stage;
    model::SamplingConfig m_sampling;
};

} // namespace n2m::cascade
