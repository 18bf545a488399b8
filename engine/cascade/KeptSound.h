#pragma once

#include "engine/audio/Clip.h"
#include "engine/diffusion/Sampler.h"
#include "engine/plan/Plan.h"
#include "engine/request/Request.h"

#include <cstddef>
#include <optional>

namespace n2m::cascade {

/// The sound of which a request has a range made anew: what a spectrogram generator keeps of it, and how what was made
/// is put into it. Any thread.
///
/// Models know sound at modelLoudness; the kept one is shown to them at that, and what they make comes back at its own.
class KeptSound {
public:
    /// Reads the file. Throws as audio::readSoundFile does, and std::invalid_argument, one line, where the range leaves
    /// a part of the clip that nothing fills.
    KeptSound(const Repaint& repaint, double seconds);

    /// The plan that the sound was played to, from the recipe in its file; none where it has none.
    const std::optional<plan::Plan>& plan() const { return m_plan; }

    /// Its log-mel spectrogram and where it stays. Frames whose window reaches into the range or beyond the sound's end
    /// are not kept.
    diffusion::Sampler::KnownRegion spectrogram() const;

    /// The clip: the sound at its own rate and with its own channels, every sample outside the range as it was; inside,
    /// `made` (mono, from the start of the clip on, not mastered) with a short fade at each edge, and no peak above −1
    /// dBFS or the sound's own. What is beyond the clip's length is cut off.
    audio::Clip with(audio::Clip made) const;

private:
    std::size_t frameAt(double seconds) const;

    double m_from, m_to, m_seconds;
    audio::Clip m_sound;
    double m_gain; ///< dB to modelLoudness
    std::optional<plan::Plan> m_plan;
};

} // namespace n2m::cascade
