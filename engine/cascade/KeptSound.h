#pragma once

#include "engine/audio/Clip.h"
#include "engine/diffusion/Sampler.h"
#include "engine/plan/Plan.h"
#include "engine/request/Request.h"

#include <cstddef>
#include <optional>

namespace n2m::cascade {

/// The sound of which a request repaints a range: the part that a spectrogram generator keeps, and the way the
/// repainted range is put into it. Any thread.
///
/// Models know sound at audio::modelLoudness. The kept sound is shown to them at that loudness; what they make gets
/// its.
class KeptSound {
public:
    /// Reads the file. Throws as audio::readSoundFile does, and base::InvalidInput, one line, where the range leaves a
    /// part of the clip empty.
    KeptSound(const Repaint& repaint, double seconds);

    /// The plan of the sound, from the recipe in its file; none where it has none.
    const std::optional<plan::Plan>& plan() const { return m_plan; }

    /// Its log-mel spectrogram and the mask of the kept frames. A frame whose window reaches into the range or beyond
    /// the sound's end is not kept.
    diffusion::Sampler::KnownRegion spectrogram() const;

    /// The clip, at the sound's own rate and with its channels. Samples outside the range stay as they are. The range
    /// gets `made` (mono, from the start of the clip, not mastered) with a short fade at each edge and no peak above −1
    /// dBFS or the sound's own. The sound is cut at the clip's length.
    audio::Clip with(audio::Clip made) const;

private:
    std::size_t frameAt(double seconds) const;

    double m_from, m_to, m_seconds;
    audio::Clip m_sound;
    double m_gain; ///< dB, from the sound to audio::modelLoudness
    std::optional<plan::Plan> m_plan;
};

} // namespace n2m::cascade
