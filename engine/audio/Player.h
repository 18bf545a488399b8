#pragma once

#include "engine/audio/Clip.h"
#include "engine/audio/FrameRange.h"
#include "engine/audio/PlaybackCore.h"
#include "engine/audio/SoundDevice.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace n2m::audio {

/// Plays one clip at a time through PortAudio.
///
/// Called by one thread (the GUI's). Nothing here waits for a device: opening, starting and stopping happen on a thread
/// of the player's own, and the samples are handed over by the audio callback (PlaybackCore). Frames are the clip's.
///
/// Without a device, or when one vanishes, problem() says so, playing() becomes false, and everything else goes on
/// working; the next play() tries anew. Nothing throws but for want of memory.
class Player {
public:
    explicit Player(SoundDeviceChoice choice = {});
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    /// Devices that can play, as of the last look that is over; none before the first.
    std::vector<SoundDevice> devices() const;
    /// Looks again, which stops playing, and takes tenths of a second where there are many.
    void lookForDevices();
    /// A look is under way: the first, or one that was asked for.
    bool looking() const;

    /// Another device, rate or buffer; goes on playing where it was.
    void choose(const SoundDeviceChoice& choice);
    const SoundDeviceChoice& choice() const;

    /// What is played from now on. While playing, the new clip goes on at the same time as the old one was at, which is
    /// how two takes are compared; `gain` is the factor that makes them equally loud. A loop that the new clip is too
    /// short for is given up. The player shares the clip; nullptr: nothing to play.
    void setClip(std::shared_ptr<const Clip> clip, float gain = 1.0f);
    const std::shared_ptr<const Clip>& clip() const;

    /// From a frame to the end of the clip, or round the loop once it is entered.
    void play(std::int64_t from);
    /// A range, once, whatever the loop.
    void playOnce(FrameRange range);
    /// Fades out within a few milliseconds.
    void stop();
    /// While playing, goes on from there; else only position() changes.
    void seek(std::int64_t frame);
    /// Nothing: no loop. It applies at once, without a gap. A range that is empty or outside the clip is cut to it.
    void setLoop(std::optional<FrameRange> range);
    const std::optional<FrameRange>& loop() const;
    /// 0 … 1 as an amplitude.
    void setVolume(float volume);

    bool playing() const;
    /// The frame that is being heard, as well as the device tells; where it will begin when nothing plays.
    double position() const;
    PlaybackLevels levels() const; ///< zeros when nothing plays
    /// How often the device ran dry since the player was made.
    std::uint64_t underflows() const;

    /// What is wrong with the device, for people, one line; empty if nothing is. It stays until a device opens. Once
    /// playing() has become false, it says how that run went.
    std::string problem() const;
    /// "HDA Intel: 48000 Hz, 23 ms", or empty while no device is open. True of a run from its first sound on.
    std::string deviceInUse() const;

private:
    class Worker;
    void give();
    std::int64_t frames() const;

    PlaybackOrder m_order;
    SoundDeviceChoice m_choice;
    std::optional<FrameRange> m_loop; ///< the order has none while a range is played once
    std::unique_ptr<Worker> m_worker;
};

} // namespace n2m::audio
