#include "engine/audio/Player.h"
#include "tests/support/SoundRecorder.h"

#include <QtCore/QElapsedTimer>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <thread>

using namespace n2m::audio;
using namespace n2m::test;

namespace {

std::shared_ptr<const Clip> noise(std::size_t frames, int channels, int rate = 24000, std::uint32_t state = 1) {
    auto clip =
        std::make_shared<Clip>(Clip{std::vector<float>(frames * static_cast<std::size_t>(channels)), rate, channels});
    for (float& sample : clip->samples) {
        state = state * 1664525u + 1013904223u;
        sample = static_cast<float>(static_cast<std::int32_t>(state)) / 2147483648.0f * 0.9f;
    }
    return clip;
}

} // namespace

/// Tests PortAudio with ALSA's `file` plugin, set up by $ALSA_CONFIG_PATH: no loudspeaker, and no pace.
class PlayerTest : public QObject {
    Q_OBJECT

    static SoundDeviceChoice theRecorder(int rate = 0) {
        SoundDeviceChoice choice;
        choice.hostApi = "ALSA";
        choice.name = "recorder";
        choice.sampleRate = rate;
        return choice;
    }

private Q_SLOTS:
    void whatIsPlayedIsTheClip() {
        const SoundRecorder recorder;
        const auto clip = noise(30001, 2);
        Player player(theRecorder());
        QTRY_VERIFY_WITH_TIMEOUT(!player.looking(), 20000);
        const std::vector<SoundDevice> devices = player.devices();
        QVERIFY(std::any_of(devices.begin(), devices.end(), [](const SoundDevice& device) {
            return device.hostApi == "ALSA" && device.name == "recorder" && device.channels >= 2;
        }));
        player.setClip(clip);
        player.play(0);
        // The device takes it all at once, so that it may or may not still play now.
        QTRY_COMPARE_WITH_TIMEOUT(player.position(), 30001.0, 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.problem().text(), std::string());
        QVERIFY(player.deviceInUse().find("24000 Hz") != std::string::npos);

        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardFromFirstSound()).size() >= clip->samples.size(), 20000);
        QVERIFY(std::equal(clip->samples.begin(), clip->samples.end(), heard.begin()));
        // The last buffer is filled up with silence.
        QVERIFY(std::all_of(heard.begin() + static_cast<std::ptrdiff_t>(clip->samples.size()), heard.end(),
                            [](float sample) { return sample == 0.0f; }));
    }

    // Without our own check PortAudio would end the program.
    void alsaWithoutAnyDeviceIsNoDevice() {
        const QTemporaryDir folder;
        configureAlsa(folder.path(), {});
        for (const QByteArray& file : {qgetenv("ALSA_CONFIG_PATH"), QByteArray("/nowhere")}) {
            qputenv("ALSA_CONFIG_PATH", file);
            Player player;
            QTRY_VERIFY_WITH_TIMEOUT(!player.looking(), 20000);
            QVERIFY(player.devices().empty());
            player.setClip(noise(1000, 1));
            player.play(0);
            QTRY_COMPARE_WITH_TIMEOUT(player.problem().text(), std::string("No sound device was found"), 20000);
            QVERIFY(!player.playing());
        }
        const SoundRecorder recorder; // a device that comes later is found
        Player player;
        QTRY_VERIFY_WITH_TIMEOUT(!player.looking(), 20000);
        QVERIFY(!player.devices().empty());
    }

    void aRangeIsPlayedToTheSample() {
        const SoundRecorder recorder;
        const auto clip = noise(20000, 1);
        Player player(theRecorder());
        player.setClip(clip);
        player.setLoop(FrameRange{0, 500}); // playing once takes no notice of it
        player.playOnce({1237, 9001});
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.position(), 9001.0);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardFromFirstSound()).size() >= 2 * 7764, 20000);
        // One channel goes to both.
        for (std::size_t frame = 0; frame < 7764; ++frame) {
            QCOMPARE(heard[2 * frame], clip->samples[1237 + frame]);
            QCOMPARE(heard[2 * frame + 1], clip->samples[1237 + frame]);
        }
        QVERIFY(std::all_of(heard.begin() + 2 * 7764, heard.end(), [](float sample) { return sample == 0.0f; }));
    }

    void aLoopHasNoGap() {
        const SoundRecorder recorder;
        const auto clip = noise(12000, 2);
        Player player(theRecorder());
        player.setClip(clip);
        player.setLoop(FrameRange{3000, 7001});
        player.play(2000);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.bytes() > 200000, 20000);
        QVERIFY(player.playing());
        QVERIFY(player.position() >= 2000.0 && player.position() <= 7001.0);
        player.stop();
        QVERIFY(!player.playing());
        const std::vector<float> heard = recorder.heardFromFirstSound();
        QVERIFY(heard.size() > 2 * 20000);
        for (std::size_t frame = 0; frame < 20000; ++frame) {
            const std::size_t expected = frame < 1000 ? 2000 + frame : 3000 + (frame - 1000) % 4001;
            QCOMPARE(heard[2 * frame], clip->samples[2 * expected]);
            QCOMPARE(heard[2 * frame + 1], clip->samples[2 * expected + 1]);
        }
        // Stopped means stopped, and the next run begins where it is told to.
        player.playOnce({0, 100});
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.position(), 100.0);
        QCOMPARE(player.problem().text(), std::string());
    }

    void otherRatesAreConverted() {
        const SoundRecorder recorder;
        auto clip = std::make_shared<Clip>(Clip{std::vector<float>(24000), 24000, 1});
        const double frequency = 9000.0;
        for (std::size_t n = 0; n < clip->samples.size(); ++n)
            clip->samples[n] =
                0.5f * static_cast<float>(std::cos(2.0 * std::numbers::pi * frequency * double(n) / 24000.0));
        Player player(theRecorder(44100));
        player.setClip(clip);
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QVERIFY(player.deviceInUse().find("44100 Hz") != std::string::npos);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardFromFirstSound()).size() >= 2 * 44100, 20000);
        // Away from the ends it is the same sine, without delay, to −90 dB.
        double worst = 0.0;
        for (std::size_t n = 4410; n < 39690; ++n) {
            const double sine = 0.5 * std::cos(2.0 * std::numbers::pi * frequency * double(n) / 44100.0);
            worst = std::max(worst, std::abs(heard[2 * n] - sine));
        }
        QVERIFY2(worst < 0.5 * std::pow(10.0, -90.0 / 20.0), qPrintable(QString::number(worst)));
    }

    void withoutADeviceTheRestWorks() {
        const QTemporaryDir folder;
        removeSoundDevices(folder.path());
        Player player;
        QTRY_VERIFY_WITH_TIMEOUT(!player.looking(), 20000);
        QVERIFY(player.devices().empty());
        const auto clip = noise(4800, 1);
        player.setClip(clip);
        player.seek(1234);
        QCOMPARE(player.position(), 1234.0);
        player.play(1234);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QVERIFY(player.problem().text().find("No sound device") == 0);
        QCOMPARE(player.position(), 1234.0);
        QCOMPARE(player.levels().highest, 0.0f);

        // A device that is plugged in is found without a restart.
        const SoundRecorder recorder;
        player.lookForDevices();
        QTRY_VERIFY_WITH_TIMEOUT(!player.looking(), 20000);
        QVERIFY(!player.devices().empty());
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.problem().text(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.heardFromFirstSound().size() >= 9600, 20000);
    }

    void anUnknownDeviceIsNamed() {
        const SoundRecorder recorder;
        SoundDeviceChoice choice;
        choice.name = "Grandfather's gramophone";
        Player player(choice);
        player.setClip(noise(4800, 1));
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QVERIFY(player.problem().text().find("gramophone") != std::string::npos);
        player.choose(theRecorder());
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.problem().text(), std::string());
    }

    /// On this device a run is over within microseconds: problem() and deviceInUse() must be right by then.
    void aRunThatIsOverHasBeenDescribed() {
        const SoundRecorder recorder;
        SoundDeviceChoice nowhere;
        nowhere.name = "Grandfather's gramophone";
        Player player(nowhere);
        const auto play = [&] {
            player.play(0);
            QElapsedTimer timer;
            timer.start();
            while (player.playing() && timer.elapsed() < 20000)
                std::this_thread::yield();
            QVERIFY(!player.playing());
        };
        player.setClip(noise(4, 1));
        for (int i = 0; i < 20; ++i) {
            player.choose(nowhere);
            play();
            QVERIFY(!player.problem().empty());
            QCOMPARE(player.deviceInUse(), std::string());
            player.choose(theRecorder(i % 2 ? 24000 : 44100));
            play();
            QCOMPARE(player.problem().text(), std::string());
            QVERIFY(player.deviceInUse().find(i % 2 ? " 24000 Hz" : " 44100 Hz") != std::string::npos);
        }
    }

    void aDeviceThatVanishesEndsTheRun() {
        // Every write to /dev/full fails, as to a device whose plug was pulled.
        const SoundRecorder full(QStringLiteral("/dev/full"));
        Player player(theRecorder());
        player.setClip(noise(24000 * 60, 2));
        player.setLoop(FrameRange{0, 24000 * 60});
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QVERIFY2(player.problem().text().find("recorder") != std::string::npos, player.problem().text().c_str());
        QVERIFY(player.problem().text().find('\n') == std::string::npos);
        // The program goes on, and so does playing once there is a device.
        const SoundRecorder recorder;
        player.lookForDevices();
        player.playOnce({0, 1000});
        QTRY_VERIFY_WITH_TIMEOUT(!player.playing(), 20000);
        QCOMPARE(player.problem().text(), std::string());
        QTRY_VERIFY_WITH_TIMEOUT(recorder.heardFromFirstSound().size() >= 2000, 20000);
    }

    void anotherClipGoesOnAtTheSameTime() {
        const SoundRecorder recorder;
        const auto first = noise(24000, 1, 24000, 1), second = noise(24000, 1, 24000, 2);
        Player player(theRecorder());
        player.setClip(first);
        player.setLoop(FrameRange{0, 24000});
        player.play(0);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.bytes() > 8 * 24000, 20000);
        player.setClip(second, 0.5f);
        QVERIFY(player.playing());
        const qint64 size = recorder.bytes();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.bytes() > size + 8 * 48000, 20000);
        player.stop();
        const std::vector<float> heard = recorder.heardFromFirstSound();
        // The step between the two is bridged: it is added to the second, and falls to nothing by a parabola in 10 ms.
        constexpr std::size_t bridge = 240;
        std::size_t swap = 0;
        float step = 0.0f;
        bool swapped = false;
        for (std::size_t frame = 0; frame < static_cast<std::size_t>(size) / 8 + 24000; ++frame) {
            const float one = first->samples[frame % 24000], other = 0.5f * second->samples[frame % 24000];
            if (!swapped && heard[2 * frame] != one) {
                swapped = true;
                swap = frame;
                step = first->samples[(frame + 23999) % 24000] - other;
            }
            if (!swapped || frame >= swap + bridge) {
                if (heard[2 * frame] != (swapped ? other : one)) QCOMPARE(heard[2 * frame], swapped ? other : one);
            } else {
                const float left = 1.0f - static_cast<float>(frame - swap + 1) / bridge;
                QVERIFY(std::abs(heard[2 * frame] - (other + step * left * left)) < 1e-5f);
            }
        }
        QVERIFY(swapped);
    }
};

QTEST_GUILESS_MAIN(PlayerTest)
#include "PlayerTest.moc"
