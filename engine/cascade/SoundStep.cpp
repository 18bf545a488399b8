#include "engine/cascade/SoundStep.h"

namespace n2m::cascade {

audio::Clip runAlone(const SoundStep& step, const Signal& input, std::uint64_t seed, double seconds, int threads,
                     Monitor& monitor) {
    PartSpeeds speeds; // not the pipeline's: one step alone takes sound of other lengths
    RunProgress progress(monitor, step.parts({}, seconds), speeds);
    return step.run(input, {seed, seconds, threads, progress});
}

} // namespace n2m::cascade
