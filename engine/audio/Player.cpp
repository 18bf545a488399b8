#include "engine/audio/Player.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace n2m::audio {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto glance = 20ms; // between two looks at a running stream
constexpr auto patience = 3s; // for a device that takes no buffer

double steadySeconds() {
    return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

} // namespace

/// The thread that handles the device. It compares the wanted state with the stream and brings the stream to it, again
/// and again, so that the order of wishes and failures does not matter.
class Player::Worker {
public:
    explicit Worker(const SoundDeviceChoice& choice)
        : m_choice(choice)
        , m_thread([this] { run(); }) {}

    ~Worker() {
        tell([&] { m_quit = true; });
        m_thread.join();
    }

    // --- the player's thread ---

    void give(const PlaybackOrder& order) {
        tell([&] {
            m_core.give(order);
            m_clipRate = order.clip ? order.clip->sampleRate : 0;
            m_wantedRun = order.playing ? order.run : 0;
        });
    }
    void choose(const SoundDeviceChoice& choice) {
        tell([&] {
            m_choice = choice;
            m_mustOpen = true;
        });
    }
    void scan() {
        tell([&] {
            m_mustScan = true;
            m_scanned = false;
        });
    }
    std::vector<SoundDevice> devices() const {
        const std::lock_guard lock(m_mutex);
        return m_devices;
    }
    bool looking() const {
        const std::lock_guard lock(m_mutex);
        return !m_scanned;
    }
    void setVolume(float volume) { m_core.setVolume(volume); }
    const PlaybackCore& core() const { return m_core; }
    base::Message problem() const {
        const std::lock_guard lock(m_mutex);
        return m_problem;
    }
    std::string deviceInUse() const {
        const std::lock_guard lock(m_mutex);
        return m_inUse;
    }
    /// The run that was given up because there is no device, or it went away; 0: none.
    std::uint64_t failedRun() const { return m_failedRun.load(); }

private:
    template <class Change> void tell(Change change) {
        {
            const std::lock_guard lock(m_mutex);
            change();
            ++m_told;
        }
        m_changed.notify_all();
    }

    // --- the device's thread ---

    void run() {
        SoundStream stream;
        std::unique_lock lock(m_mutex);
        m_mustScan = true;
        while (!m_quit) {
            const std::uint64_t told = m_told, run = m_wantedRun;
            const auto changed = [&] { return m_told != told; };
            if (m_mustScan) scan(stream, lock);
            const bool otherRate = m_choice.sampleRate == 0 && m_clipRate != m_openFor && wants(run);
            if (stream.isOpen() && (m_mustOpen || otherRate)) {
                unlocked(lock, [&] { stream.close(); });
                m_inUse.clear();
            }
            m_mustOpen = false;
            if (wants(run)) keepRunning(stream, run, lock);
            letGo(lock);
            if (m_mustScan) continue;
            if (stream.isActive()) {
                m_changed.wait_for(lock, glance, changed);
            } else if (!wants(run)) {
                unlocked(lock, [&] { stream.stop(); });
                letGo(lock);
                m_changed.wait(lock, changed);
            }
        }
        unlocked(lock, [&] { stream.close(); });
    }

    void letGo(std::unique_lock<std::mutex>& lock) {
        auto released = std::make_optional(m_core.collect());
        unlocked(lock, [&] { released.reset(); });
    }

    /// Whether there is a run that is neither over nor given up.
    bool wants(std::uint64_t run) const { return run != 0 && run != m_failedRun.load() && run != m_core.finishedRun(); }

    void scan(SoundStream& stream, std::unique_lock<std::mutex>& lock) {
        m_mustScan = false;
        std::vector<SoundDevice> found;
        unlocked(lock, [&] { found = stream.scan(); });
        m_devices = std::move(found);
        m_scanned = !m_mustScan; // another look may have been asked for meanwhile
        m_inUse.clear();
        m_changed.notify_all();
    }

    /// Brings the stream to life for a run, or notices that it died.
    void keepRunning(SoundStream& stream, std::uint64_t run, std::unique_lock<std::mutex>& lock) {
        const Clock::time_point now = Clock::now();
        if (stream.isActive()) {
            const std::uint64_t buffers = m_core.buffers();
            if (buffers != m_seenBuffers) {
                m_seenBuffers = buffers;
                m_alive = now;
            } else if (now - m_alive > patience) {
                giveUp(stream, run, lock,
                       base::Message("The sound device “{}” has stopped taking sound", stream.deviceName()));
            }
            return;
        }
        // Not active, though the callback did not say that it was done: the device went away in the middle of the run.
        if (stream.isOpen() && m_startedRun == run && m_core.finishedRun() != run) {
            giveUp(stream, run, lock, base::Message("The sound device “{}” has gone away", stream.deviceName()));
            return;
        }
        if (m_core.finishedRun() == run) return; // it ended between two looks
        const SoundDeviceChoice choice = m_choice;
        const int clipRate = m_clipRate;
        if (!attempt(stream, run, lock, [&] {
                stream.stop();
                if (!stream.isOpen()) stream.open(choice, clipRate, m_core);
            }))
            return;
        // The run's state is complete before its first buffer: on a device that takes everything at once, the run is
        // over before start() has returned.
        m_openFor = clipRate;
        m_startedRun = run;
        m_seenBuffers = m_core.buffers();
        m_problem = {};
        m_inUse =
            fmt::format("{}: {} Hz, {:.0f} ms", stream.deviceName(), stream.sampleRate(), stream.latency() * 1000.0);
        if (attempt(stream, run, lock, [&] { stream.start(); })) m_alive = Clock::now();
    }

    /// Returns false if the action failed; the run is given up then.
    template <class Action>
    bool attempt(SoundStream& stream, std::uint64_t run, std::unique_lock<std::mutex>& lock, Action action) {
        base::Message problem;
        unlocked(lock, [&] {
            try {
                action();
            } catch (const std::exception& error) {
                problem = base::messageOf(error);
            }
        });
        if (!problem.empty()) giveUp(stream, run, lock, problem);
        return problem.empty();
    }

    void giveUp(SoundStream& stream, std::uint64_t run, std::unique_lock<std::mutex>& lock,
                const base::Message& problem) {
        unlocked(lock, [&] { stream.close(); });
        m_problem = problem;
        m_inUse.clear();
        m_failedRun.store(run);
        m_mustScan = true; // so that the list is right, and a device that comes back is found
    }

    template <class Action> static void unlocked(std::unique_lock<std::mutex>& lock, Action action) {
        lock.unlock();
        action();
        lock.lock();
    }

    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    PlaybackCore m_core; ///< orders under the mutex; prepared by the device's thread while no callback runs
    SoundDeviceChoice m_choice;
    std::vector<SoundDevice> m_devices;
    base::Message m_problem;
    std::string m_inUse;
    std::uint64_t m_wantedRun = 0; ///< 0: none
    std::uint64_t m_told = 0;      ///< the number of changes by the player's thread
    int m_clipRate = 0;
    bool m_mustScan = false, m_mustOpen = false, m_scanned = false, m_quit = false;
    std::atomic<std::uint64_t> m_failedRun{0};

    // Used by the device's thread only.
    int m_openFor = 0; ///< the rate of the clips that the stream was opened for
    std::uint64_t m_startedRun = 0, m_seenBuffers = 0;
    Clock::time_point m_alive;

    std::thread m_thread; ///< the last member: it may use all others from its start
};

Player::Player(SoundDeviceChoice choice)
    : m_choice(std::move(choice))
    , m_worker(std::make_unique<Worker>(m_choice)) {}

Player::~Player() = default;

std::vector<SoundDevice> Player::devices() const {
    return m_worker->devices();
}

void Player::lookForDevices() {
    stop();
    m_worker->scan();
}

bool Player::looking() const {
    return m_worker->looking();
}

void Player::choose(const SoundDeviceChoice& choice) {
    if (choice == m_choice) return;
    m_choice = choice;
    m_worker->choose(choice);
}

const SoundDeviceChoice& Player::choice() const {
    return m_choice;
}

const std::shared_ptr<const Clip>& Player::clip() const {
    return m_order.clip;
}

const std::optional<FrameRange>& Player::loop() const {
    return m_loop;
}

std::int64_t Player::frames() const {
    return m_order.clip ? static_cast<std::int64_t>(m_order.clip->frames()) : 0;
}

void Player::give() {
    m_worker->give(m_order);
}

void Player::setClip(std::shared_ptr<const Clip> clip, float gain) {
    const int before = m_order.clip ? m_order.clip->sampleRate : 0;
    const bool wasPlaying = playing();
    const double heard = position();
    m_order.clip = std::move(clip);
    m_order.gain = gain;
    m_order.playing = wasPlaying && m_order.clip != nullptr;
    m_order.stopAt = frames();
    const int now = m_order.clip ? m_order.clip->sampleRate : 0;
    const double scale = before > 0 && now > 0 ? static_cast<double>(now) / before : 1.0;
    // A clip at another rate means another stream, which begins at the frame that is heard, not at the callback's.
    if (!m_order.playing || now != before) {
        ++m_order.jump;
        m_order.jumpTo = std::clamp<std::int64_t>(std::llround(heard * scale), 0, frames());
    }
    if (m_loop)
        m_loop = FrameRange{std::llround(static_cast<double>(m_loop->begin) * scale),
                            std::llround(static_cast<double>(m_loop->end) * scale)};
    if (m_loop && (m_loop->empty() || m_loop->end > frames())) m_loop.reset();
    m_order.loop = m_loop;
    give();
}

void Player::play(std::int64_t from) {
    if (!m_order.clip) return;
    m_order.playing = true;
    m_order.loop = m_loop;
    m_order.stopAt = frames();
    ++m_order.run;
    ++m_order.jump;
    m_order.jumpTo = std::clamp<std::int64_t>(from, 0, frames());
    give();
}

void Player::playOnce(FrameRange range) {
    if (!m_order.clip) return;
    m_order.playing = true;
    m_order.loop.reset();
    m_order.stopAt = std::clamp<std::int64_t>(range.end, 0, frames());
    ++m_order.run;
    ++m_order.jump;
    m_order.jumpTo = std::clamp<std::int64_t>(range.begin, 0, m_order.stopAt);
    give();
}

void Player::stop() {
    if (!m_order.playing) return;
    const double heard = position();
    m_order.playing = false;
    // The fade goes on from where the callback is, so the new position is only for position() and the next order.
    m_order.jumpTo = std::clamp<std::int64_t>(std::llround(heard), 0, frames());
    give();
}

void Player::seek(std::int64_t frame) {
    ++m_order.jump;
    m_order.jumpTo = std::clamp<std::int64_t>(frame, 0, frames());
    if (m_order.playing && !playing()) m_order.playing = false;
    give();
}

void Player::setLoop(std::optional<FrameRange> range) {
    if (range) {
        range->begin = std::clamp<std::int64_t>(range->begin, 0, frames());
        range->end = std::clamp<std::int64_t>(range->end, 0, frames());
        if (range->empty()) range.reset();
    }
    m_loop = range;
    m_order.loop = range;
    m_order.stopAt = frames();
    give();
}

void Player::setVolume(float volume) {
    m_worker->setVolume(std::clamp(volume, 0.0f, 1.0f));
}

bool Player::playing() const {
    return m_order.playing && m_worker->core().finishedRun() != m_order.run && m_worker->failedRun() != m_order.run;
}

double Player::position() const {
    const auto told = static_cast<double>(m_order.jumpTo);
    if (!m_order.playing) return told;
    const PlaybackMoment moment = m_worker->core().moment();
    if (m_worker->core().finishedRun() == m_order.run) return static_cast<double>(m_order.stopAt);
    if (moment.jump < static_cast<double>(m_order.jump)) return told; // the callback has not seen the jump yet
    if (m_worker->failedRun() == m_order.run) return moment.frame;
    const double end = static_cast<double>(m_order.loop ? std::max(m_order.loop->end, m_order.stopAt) : m_order.stopAt);
    return std::clamp(moment.frameAt(steadySeconds()), 0.0, end);
}

PlaybackLevels Player::levels() const {
    return playing() ? m_worker->core().levels() : PlaybackLevels{};
}

std::uint64_t Player::underflows() const {
    return m_worker->core().underflows();
}

base::Message Player::problem() const {
    return m_worker->problem();
}

std::string Player::deviceInUse() const {
    return m_worker->deviceInUse();
}

} // namespace n2m::audio
