#pragma once

#include "engine/audio/PlaybackMoment.h"
#include "engine/audio/PlaybackOrder.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace n2m::audio {

/// Levels of the sound as amplitudes (1 = full scale), before the volume. The peak falls by 20 dB/s, the RMS follows
/// with a time constant of 0.3 s, so that a meter that reads them sixty times a second misses nothing.
struct PlaybackLevels {
    static constexpr int mostChannels = 2;
    int channels = 0;
    std::array<float, mostChannels> peak{}, rms{};
    float highest = 0.0f; ///< peak of the whole run: above 1 the device clips
};

/// The work of the audio callback, without a device: it reads orders, writes samples and says where it is.
///
/// The callback calls render(), which takes no lock, allocates nothing and logs nothing. It sees the newest order
/// through one pointer; each atomic here has one writer. An order, and so its clip, is kept until the callback has been
/// seen with a newer one, or cannot run.
class PlaybackCore {
public:
    PlaybackCore();
    ~PlaybackCore();
    PlaybackCore(const PlaybackCore&) = delete;
    PlaybackCore& operator=(const PlaybackCore&) = delete;

    // --- Control: threads that exclude each other ---

    /// Replaces the order.
    void give(PlaybackOrder order);
    class ReleasedOrders;
    /// Removes the orders that nobody can be reading any more. To free an hour of sound takes a while: the caller
    /// destroys them on a thread where that does not matter.
    ReleasedOrders collect();
    std::size_t keptOrders() const { return m_kept.size(); }
    /// An amplitude from 0 to 1 and a little more; it is reached within one buffer.
    void setVolume(float volume) { m_volume.store(volume, std::memory_order_relaxed); }

    // --- Control, while no callback runs ---

    /// Sets the device's frames per second and its 1 or 2 channels. libsamplerate converts clips of another rate
    /// (band-limited interpolation, J. O. Smith).
    void prepare(int sampleRate, int channels);
    /// To be called before the first callback of a stream (true) and after the last (false).
    void callbackMayRun(bool may);

    // --- The callback ---

    /// Fills `frames` × channels interleaved samples, the first of which will be heard at `heardAt` (seconds of the
    /// steady clock). False: the run is over, and the rest of the buffer is silence.
    bool render(float* output, std::size_t frames, double heardAt);
    void countUnderflow() { m_underflows.store(m_underflows.load(std::memory_order_relaxed) + 1); }

    // --- Any thread ---

    PlaybackMoment moment() const { return m_moment.load(); }
    PlaybackLevels levels() const;
    std::uint64_t finishedRun() const { return m_finishedRun.load(); }
    std::uint64_t buffers() const { return m_buffers.load(); }
    std::uint64_t underflows() const { return m_underflows.load(); }

private:
    struct NumberedOrder {
        PlaybackOrder order;
        std::uint64_t number = 0;
    };
    class Converter;

    void follow(const PlaybackOrder& order);
    std::size_t gather(const PlaybackOrder& order, float* target, std::size_t frames);
    std::size_t fill(const PlaybackOrder& order, float* output, std::size_t frames);
    std::size_t fade(float* output, std::size_t frames);
    void bridge(const PlaybackOrder& order, const float* output);
    void measure(const PlaybackOrder& order, float* output, std::size_t frames);
    void advance(const PlaybackOrder& order, double frames);
    void publish(const PlaybackOrder& order, double heardAt);

    // Written by control.
    std::vector<std::unique_ptr<const NumberedOrder>> m_kept; ///< ascending numbers; the last is the newest
    std::uint64_t m_given = 0;
    std::atomic<const NumberedOrder*> m_next{nullptr};
    std::atomic<bool> m_mayRun{false};
    std::atomic<float> m_volume{1.0f};
    int m_rate = 48000, m_channels = 2;
    std::atomic<int> m_shownChannels{2};
    std::unique_ptr<Converter> m_converter;
    bool m_newlyPrepared = true;

    // Written by the callback, read by all.
    std::atomic<std::uint64_t> m_seen{0}, m_finishedRun{0}, m_buffers{0}, m_underflows{0};
    PlaybackMomentCell m_moment;
    std::array<std::atomic<float>, PlaybackLevels::mostChannels> m_peak{}, m_rms{};
    std::atomic<float> m_highest{0.0f};

    // Used by the callback alone.
    std::uint64_t m_run = 0, m_jump = 0;
    std::int64_t m_cursor = 0; ///< the frame that is read next
    double m_heard = 0.0;      ///< the frame of the next output sample
    double m_begin = 0.0;
    std::optional<FrameRange> m_loop;
    bool m_wrapped = false;
    int m_clipRate = 0;
    float m_fade = 0.0f; ///< 1 while playing; on its way to 0 after a stop
    float m_currentVolume = 1.0f;
    // The step between two clips that follow each other in the middle of a run is taken away little by little.
    const void* m_lastClip = nullptr; ///< only compared: it may be gone
    float m_lastGain = 1.0f;
    std::uint64_t m_lastRun = 0, m_lastJump = 0;
    std::array<float, PlaybackLevels::mostChannels> m_last{}, m_step{};
    std::size_t m_bridgeFrames = 0, m_bridgeDone = 0;
};

/// Orders that were taken out of the core; they free their clips when they are destroyed.
class PlaybackCore::ReleasedOrders {
private:
    friend class PlaybackCore;
    std::vector<std::unique_ptr<const NumberedOrder>> m_orders;
};

} // namespace n2m::audio
