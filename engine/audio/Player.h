#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "engine/audio/PlaybackCore.h"
#include "engine/audio/SoundDevice.h"
#include "engine/base/Error.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m::audio {

/// Plays one clip at a time through PortAudio.
///
/// Called by one thread (the GUI's). Nothing here waits for a device: the player opens, starts and stops it on a thread
/// of its own, and the audio callback hands over the samples (PlaybackCore). Frames are the clip's.
///
/// Without a device, or when one vanishes, problem() says so, playing() becomes false, and everything else goes on
/// working; the next play() tries again. Nothing throws except std::bad_alloc.
class Player {
public:
    explicit Player(SoundDeviceChoice choice = {});
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    /// Devices that can play, as found by the last look that is over; empty before the first.
    std::vector<SoundDevice> devices() const;
    /// Looks for devices again, which stops playing and takes tenths of a second where there are many.
    void lookForDevices();
    /// Whether a look is under way: the first, or one that was asked for.
    bool looking() const;

    /// Changes the device, rate or buffer; playing goes on where it was.
    void choose(const SoundDeviceChoice& choice);
    const SoundDeviceChoice& choice() const;

    /// Sets the clip. While playing, the new clip goes on at the time at which the old one was, which is how two takes
    /// are compared; `gain` is the factor that makes them equally loud. A loop for which the new clip is too short is
    /// given up. The player shares the clip; nullptr: nothing to play.
    void setClip(std::shared_ptr<const Clip> clip, float gain = 1.0f);
    const std::shared_ptr<const Clip>& clip() const;

    /// Plays from a frame to the end of the clip, or round the loop once it is entered.
    void play(std::int64_t from);
    /// Plays a range once, whatever the loop.
    void playOnce(FrameRange range);
    /// Fades out within a few milliseconds.
    void stop();
    /// While playing, goes on from there; else only position() changes.
    void seek(std::int64_t frame);
    /// Sets the loop (nothing: no loop) at once, without a gap. A range that is empty or outside the clip is cut to it.
    void setLoop(std::optional<FrameRange> range);
    const std::optional<FrameRange>& loop() const;
    /// An amplitude from 0 to 1.
    void setVolume(float volume);

    bool playing() const;
    /// The frame that is being heard, as well as the device tells; when nothing plays, the frame where it will begin.
    double position() const;
    PlaybackLevels levels() const; ///< zeros when nothing plays
    /// How often the device ran dry since the player was made.
    std::uint64_t underflows() const;

    /// A line for people that says what is wrong with the device; empty if nothing is. It stays until a device opens.
    /// Once playing() has become false, it says how that run went.
    base::Message problem() const;
    /// "HDA Intel: 48000 Hz, 23 ms", or empty while no device is open. Right for a run from its first sound on.
    std::string deviceInUse() const;

private:
    class Worker;
    void give();
    std::int64_t frames() const;

    PlaybackOrder m_order;
    SoundDeviceChoice m_choice;
    std::optional<FrameRange> m_loop; ///< the order has no loop while a range is played once
    std::unique_ptr<Worker> m_worker;
};

} // namespace n2m::audio
