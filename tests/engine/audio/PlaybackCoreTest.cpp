#include "engine/audio/PlaybackCore.h"

#include <QtTest/QtTest>

#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <thread>

using namespace n2m::audio;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define N2M_WATCHED 0 // the sanitizers replace these functions themselves
#else
#define N2M_WATCHED 1
#endif

namespace {

thread_local bool watched = false;
std::atomic<int> allocations{0}, locks{0};

/// Counts what this thread allocates, frees and locks while it lives.
struct Watch {
    Watch() {
        allocations = locks = 0;
        watched = true;
    }
    ~Watch() { watched = false; }
};

} // namespace

#if N2M_WATCHED
// In front of the C library's, for the whole program: libsamplerate's calls come through here as well.
extern "C" {
void* __libc_malloc(std::size_t);
void __libc_free(void*);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);

void* malloc(std::size_t bytes) {
    if (watched) ++allocations;
    return __libc_malloc(bytes);
}
void free(void* memory) {
    if (watched) ++allocations;
    __libc_free(memory);
}
void* calloc(std::size_t count, std::size_t bytes) {
    if (watched) ++allocations;
    return __libc_calloc(count, bytes);
}
void* realloc(void* memory, std::size_t bytes) {
    if (watched) ++allocations;
    return __libc_realloc(memory, bytes);
}
int pthread_mutex_lock(pthread_mutex_t* mutex) {
    static const auto real = reinterpret_cast<int (*)(pthread_mutex_t*)>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
    if (watched) ++locks;
    return real(mutex);
}
}
#endif

namespace {

/// A clip whose every frame is its own number, so that a missing or doubled frame shows.
std::shared_ptr<const Clip> counting(int frames, int rate = 48000) {
    auto clip = std::make_shared<Clip>(Clip{std::vector<float>(static_cast<std::size_t>(frames)), rate, 1});
    for (int frame = 0; frame < frames; ++frame)
        clip->samples[static_cast<std::size_t>(frame)] = static_cast<float>(frame + 1) / 65536.0f;
    return clip;
}

PlaybackOrder playing(std::shared_ptr<const Clip> clip, std::int64_t from = 0) {
    PlaybackOrder order;
    order.stopAt = static_cast<std::int64_t>(clip->frames());
    order.clip = std::move(clip);
    order.playing = true;
    order.run = order.jump = 1;
    order.jumpTo = from;
    return order;
}

/// The numbers of the frames in one buffer's left channel.
std::vector<int> rendered(PlaybackCore& core, std::size_t frames, bool* goesOn = nullptr, double at = 0.0) {
    std::vector<float> buffer(frames * 2, 99.0f);
    const bool more = core.render(buffer.data(), frames, at);
    if (goesOn) *goesOn = more;
    std::vector<int> numbers;
    for (std::size_t frame = 0; frame < frames; ++frame)
        numbers.push_back(static_cast<int>(std::lround(buffer[2 * frame] * 65536.0f)) - 1);
    return numbers;
}

} // namespace

class PlaybackCoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void playsToTheEndAndNoFurther() {
        PlaybackCore core;
        core.give(playing(counting(10), 4));
        bool goesOn = false;
        QCOMPARE(rendered(core, 4, &goesOn), (std::vector<int>{4, 5, 6, 7}));
        QVERIFY(goesOn);
        QCOMPARE(core.finishedRun(), std::uint64_t{0});
        QCOMPARE(rendered(core, 4, &goesOn), (std::vector<int>{8, 9, -1, -1}));
        QVERIFY(!goesOn);
        QCOMPARE(core.finishedRun(), std::uint64_t{1});
    }

    void loopsOfAnyLength() {
        PlaybackCore core;
        PlaybackOrder order = playing(counting(10), 1);
        order.loop = FrameRange{2, 5};
        core.give(order);
        QCOMPARE(rendered(core, 9), (std::vector<int>{1, 2, 3, 4, 2, 3, 4, 2, 3}));
        // The loop changes under way: the part behind the playhead is played in the next round.
        order.loop = FrameRange{3, 8};
        core.give(order);
        QCOMPARE(rendered(core, 7), (std::vector<int>{4, 5, 6, 7, 3, 4, 5}));
        order.loop.reset();
        core.give(order);
        QCOMPARE(rendered(core, 5), (std::vector<int>{6, 7, 8, 9, -1}));
    }

    void theHeardFrameFollowsTheClock() {
        PlaybackCore core;
        PlaybackOrder order = playing(counting(48000));
        order.loop = FrameRange{0, 480};
        core.give(order);
        rendered(core, 240, nullptr, 100.0);
        QCOMPARE(core.moment().frameAt(100.0), 0.0);
        QCOMPARE(core.moment().frameAt(99.9), 0.0); // not heard yet
        QVERIFY(std::abs(core.moment().frameAt(100.0 + 0.0025) - 120.0) < 1e-6);
        rendered(core, 480, nullptr, 100.005);
        rendered(core, 240, nullptr, 100.015); // begins at frame 240, in the second round
        QVERIFY(std::abs(core.moment().frameAt(100.015) - 240.0) < 1e-6);
        QVERIFY(std::abs(core.moment().frameAt(100.0075) - 360.0) < 1e-6); // the end of the first round
    }

    void aStopFadesOut() {
        PlaybackCore core;
        auto clip = std::make_shared<Clip>(Clip{std::vector<float>(48000, 0.5f), 48000, 1});
        PlaybackOrder order = playing(clip);
        core.give(order);
        std::vector<float> buffer(2 * 100);
        QVERIFY(core.render(buffer.data(), 100, 0.0));
        order.playing = false;
        core.give(order);
        std::vector<float> all;
        int buffers = 0;
        for (bool goesOn = true; goesOn && buffers < 10; ++buffers) {
            goesOn = core.render(buffer.data(), 100, 0.0);
            all.insert(all.end(), buffer.begin(), buffer.end());
        }
        QCOMPARE(buffers, 3); // 5 ms are 240 frames
        for (std::size_t frame = 1; frame < 300; ++frame) {
            QVERIFY(all[2 * frame] <= all[2 * frame - 2]);
            QVERIFY(all[2 * frame - 2] - all[2 * frame] < 0.0025f); // no click
        }
        QCOMPARE(all[2 * 299], 0.0f);
        QCOMPARE(core.finishedRun(), std::uint64_t{1});
    }

    void anotherTakeDoesNotClick() {
        PlaybackCore core;
        const auto level = [](float value) {
            return std::make_shared<Clip>(Clip{std::vector<float>(48000, value), 48000, 1});
        };
        PlaybackOrder order = playing(level(0.5f));
        std::vector<float> buffer(2 * 100), all;
        const auto hear = [&](int buffers) {
            all.clear();
            for (int i = 0; i < buffers; ++i) {
                core.render(buffer.data(), 100, 0.0);
                all.insert(all.end(), buffer.begin(), buffer.end());
            }
        };
        core.give(order);
        hear(1);
        QCOMPARE(all.back(), 0.5f);
        float before = all.back();
        order.clip = level(-0.5f); // the same run, the same place
        core.give(order);
        hear(6);
        for (std::size_t frame = 0; frame < 600; ++frame) {
            QVERIFY(before - all[2 * frame] < 0.005f && before >= all[2 * frame]);
            before = all[2 * frame];
            if (frame >= 480) QCOMPARE(all[2 * frame], -0.5f); // 10 ms later it is the other take and nothing else
        }
        order.gain = 0.5f; // as loud as the other
        core.give(order);
        hear(6);
        QVERIFY(all[0] < -0.49f);
        QCOMPARE(all.back(), -0.25f);
        // A jump is heard at once, without a bridge.
        order.clip = level(0.75f);
        order.gain = 1.0f;
        ++order.jump;
        core.give(order);
        hear(1);
        QCOMPARE(all[0], 0.75f);
    }

    void levelsAreThoseOfTheClip() {
        PlaybackCore core;
        auto clip = std::make_shared<Clip>(Clip{std::vector<float>(2 * 96000), 48000, 2});
        for (std::size_t frame = 0; frame < 96000; ++frame) {
            clip->samples[2 * frame] = 0.8f * std::sin(0.05f * static_cast<float>(frame));
            clip->samples[2 * frame + 1] = frame == 100 ? -1.25f : 0.0f;
        }
        core.give(playing(clip));
        core.setVolume(0.1f); // a meter of the clip, not of the knob
        std::vector<float> buffer(2 * 960);
        for (int i = 0; i < 100; ++i)
            core.render(buffer.data(), 960, 0.0);
        const PlaybackLevels levels = core.levels();
        QCOMPARE(levels.channels, 2);
        QVERIFY(std::abs(levels.peak[0] - 0.8f) < 0.01f);
        QVERIFY(std::abs(levels.rms[0] - 0.8f / std::sqrt(2.0f)) < 0.01f);
        QVERIFY(std::abs(levels.peak[1] - 1.25f * std::pow(10.0f, -2.0f * 99 / 100)) < 0.002f); // 20 dB/s for 1.98 s
        QCOMPARE(levels.highest, 1.25f);
        QVERIFY(std::abs(buffer[0]) <= 0.0801f);
    }

    void anOrderIsKeptUntilTheCallbackHasLetGo() {
        PlaybackCore core;
        core.callbackMayRun(true);
        auto first = counting(1000);
        std::weak_ptr<const Clip> watchedClip = first;
        core.give(playing(std::move(first)));
        rendered(core, 10);
        core.give(playing(counting(500)));
        core.collect();
        QVERIFY(!watchedClip.expired()); // the callback may be in the middle of it
        rendered(core, 10);
        core.collect();
        QVERIFY(watchedClip.expired());

        auto second = counting(1000);
        watchedClip = second;
        core.give(playing(std::move(second)));
        core.callbackMayRun(false); // the stream has ended: nobody to wait for
        core.give({});
        core.collect();
        QVERIFY(watchedClip.expired());
        QCOMPARE(core.keptOrders(), std::size_t{1});
    }

    void theCallbackNeitherAllocatesNorLocks() {
        if (!N2M_WATCHED) QSKIP("a sanitizer replaces malloc");
        for (const int rate : {48000, 24000}) { // as it is, and converted
            PlaybackCore core;
            PlaybackOrder order = playing(counting(60000, rate));
            std::vector<float> buffer(2 * 512);
            core.give(order);
            {
                const Watch watch;
                for (int i = 0; i < 50; ++i)
                    core.render(buffer.data(), 512, i * 0.01);
            }
            QCOMPARE(allocations.load(), 0);
            order.loop = FrameRange{100, 777};
            order.jump = 2;
            core.give(order);
            order.clip = counting(6000, rate == 48000 ? 44100 : 48000); // the other path from here on
            core.give(order);
            {
                const Watch watch;
                for (int i = 0; i < 50; ++i)
                    core.render(buffer.data(), 512, i * 0.01);
            }
            QCOMPARE(allocations.load(), 0);
            QCOMPARE(locks.load(), 0);
        }
        // The count counts.
        const Watch watch;
        delete new std::atomic<int>(1);
        std::free(std::malloc(10));
        QVERIFY(allocations.load() > 0);
    }

    /// No order is seen half: each clip has one value only. Also for the thread sanitizer.
    void ordersCrossThreadsWhole() {
        PlaybackCore core;
        core.callbackMayRun(true);
        std::atomic<bool> quit{false};
        std::atomic<int> wrong{0};
        std::thread callback([&] {
            std::vector<float> buffer(2 * 64);
            while (!quit) {
                core.render(buffer.data(), 64, 0.0);
                for (const float sample : buffer)
                    if (sample != buffer[0]) ++wrong;
            }
        });
        PlaybackOrder order;
        for (int i = 1; i <= 3000; ++i) {
            order.clip = std::make_shared<Clip>(Clip{std::vector<float>(1000, 1.0f / static_cast<float>(i)), 48000, 1});
            order.playing = true;
            order.loop = FrameRange{0, 1000};
            order.stopAt = 1000;
            order.run = 1;
            order.jump = static_cast<std::uint64_t>(i);
            core.give(order);
            core.collect();
            core.moment().frameAt(0.0);
            core.levels();
        }
        quit = true;
        callback.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_GUILESS_MAIN(PlaybackCoreTest)
#include "PlaybackCoreTest.moc"
