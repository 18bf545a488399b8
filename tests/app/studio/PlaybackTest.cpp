#include "app/studio/Playback.h"
#include "engine/audio/Player.h"
#include "tests/support/SoundRecorder.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/actions/Actions.h"
#include "ui/clip/ClipView.h"
#include "ui/player/LevelMeter.h"
#include "ui/player/PlayerBar.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace n2m;
using audio::FrameRange;

/// Player, view and bar together: clicks, and the sound that a recorder gets. See PlayerTest.
class PlaybackTest : public QObject {
    Q_OBJECT

private:
    /// A ramp: every frame is its own number, and none is zero.
    static std::shared_ptr<const audio::Clip> ramp(std::size_t frames, float scale = 1.0f) {
        auto clip = std::make_shared<audio::Clip>(audio::Clip{std::vector<float>(frames), 24000, 1});
        for (std::size_t frame = 0; frame < frames; ++frame)
            clip->samples[frame] = scale * static_cast<float>(frame + 1) / 131072.0f;
        return clip;
    }

    struct PlayerParts {
        audio::Player player;
        ui::ClipView view;
        ui::Actions actions;
        ui::PlayerBar bar{actions};
        studio::Playback playback{player, view, bar};

        PlayerParts() {
            view.resize(800, 400);
            bar.resize(800, 40);
            view.show();
            bar.show();
        }
        QToolButton* button(const char* name) {
            for (auto* one : bar.findChildren<QToolButton*>())
                if (one->accessibleName() == QLatin1String(name)) return one;
            return nullptr;
        }
    };

private Q_SLOTS:
    void playsFromThePlayheadAndComesBack() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        QSignalSpy changes(&parts.playback, &studio::Playback::playingChanged);
        QVERIFY(!parts.button("Play")->isEnabled());
        const auto clip = ramp(24000);
        parts.playback.setClip(clip);
        QVERIFY(parts.button("Play")->isEnabled());
        Q_EMIT parts.view.seekRequested(0.25);
        QCOMPARE(parts.view.timeline().playhead(), 0.25);
        parts.button("Play")->click();
        QTRY_VERIFY_WITH_TIMEOUT(changes.size() == 2, 20000); // playing began and ended
        QCOMPARE(parts.view.timeline().playhead(), 0.25);
        QVERIFY(parts.button("Play")); // no longer "Stop"
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardLeft()).size() >= 18000, 5000);
        QVERIFY(std::equal(clip->samples.begin() + 6000, clip->samples.end(), heard.begin()));
    }

    void loopsTheSelection() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        const auto clip = ramp(24000);
        parts.playback.setClip(clip);
        parts.view.timeline().setSelection({6000, 9000});
        parts.button("Loop")->click();
        QCOMPARE(parts.player.loop(), (std::optional<FrameRange>{{6000, 9000}}));
        QVERIFY(parts.button("Loop")->isChecked());
        parts.playback.toggle(); // the playhead is outside the loop: playing begins with the loop
        QTRY_VERIFY_WITH_TIMEOUT(recorder.bytes() > 8 * 20000, 20000);
        QVERIFY(parts.playback.playing());
        QTRY_VERIFY(parts.view.timeline().playhead() >= 0.25 && parts.view.timeline().playhead() <= 0.375);
        parts.playback.toggle();
        QVERIFY(!parts.playback.playing());
        const std::vector<float> heard = recorder.heardLeft();
        for (std::size_t i = 0; i < 15000; ++i)
            QCOMPARE(heard[i], clip->samples[6000 + i % 3000]);
        parts.playback.toggleLoop();
        QVERIFY(!parts.player.loop());
        QVERIFY(!parts.button("Loop")->isChecked());
        parts.playback.toggleLoop(); // the selection again
        QVERIFY(parts.view.timeline().loop());
    }

    void playsOnce() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        const auto clip = ramp(24000);
        parts.playback.setClip(clip);
        parts.view.timeline().setSelection({12000, 13000});
        parts.playback.setLooping(true);
        QSignalSpy changes(&parts.playback, &studio::Playback::playingChanged);
        parts.playback.playOnce();
        QTRY_VERIFY_WITH_TIMEOUT(changes.size() == 2, 20000);
        QCOMPARE(parts.view.timeline().playhead(), 0.5);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardLeft()).size() >= 1000, 5000);
        for (std::size_t i = 0; i < heard.size(); ++i)
            QCOMPARE(heard[i], i < 1000 ? clip->samples[12000 + i] : 0.0f);
        QVERIFY(parts.view.timeline().loop()); // still there
    }

    /// Two frames end before the first update; both changes are reported nevertheless.
    void whatIsOverAtOnceHasBeenPlayed() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        parts.playback.setClip(ramp(24000));
        for (int i = 0; i < 20; ++i) {
            parts.view.timeline().setSelection({12000, 12002});
            Q_EMIT parts.view.seekRequested(0.25);
            QSignalSpy changes(&parts.playback, &studio::Playback::playingChanged);
            parts.playback.playOnce();
            QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 2, 20000);
            QCOMPARE(parts.view.timeline().playhead(), 0.5);
        }
    }

    void twoTakesAreEquallyLoud() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        const auto loud = std::make_shared<audio::Clip>(test::tone(2.0, 1000.0, 24000, 1, 0.5f));
        const auto quiet = std::make_shared<audio::Clip>(test::tone(2.0, 1000.0, 24000, 1, 0.125f));
        parts.playback.setClip(loud);
        parts.playback.compareWith(quiet);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(parts.view.comparedOffset() - 12.04) < 0.05, 10000);
        parts.view.setComparison(ui::ClipView::Comparison::B);
        QCOMPARE(parts.player.clip(), std::shared_ptr<const audio::Clip>(quiet));
        parts.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!parts.playback.playing(), 20000);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardLeft()).size() >= 48000, 5000);
        QVERIFY(std::abs(*std::max_element(heard.begin(), heard.end()) - 0.5f) < 0.005f);
        parts.playback.compareWith(nullptr);
        QCOMPARE(parts.view.comparison(), ui::ClipView::Comparison::A);
        QCOMPARE(parts.player.clip(), std::shared_ptr<const audio::Clip>(loud));
    }

    void aPreviewGoesOnWhereItWas() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        parts.playback.setClip(ramp(24000));
        parts.playback.setLooping(true);
        parts.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(recorder.bytes() > 80000, 20000);
        parts.playback.setClip(ramp(24000, 0.5f)); // of the same length, as the next preview
        QVERIFY(parts.playback.playing());
        QVERIFY(parts.view.timeline().loop());
        parts.playback.setClip(ramp(12000)); // another clip
        QVERIFY(!parts.playback.playing());
        QCOMPARE(parts.view.timeline().playhead(), 0.0);
        parts.playback.setClip(nullptr);
        parts.playback.play();
        QVERIFY(!parts.playback.playing());
        QVERIFY(!parts.button("Play")->isEnabled());
    }

    void withoutADeviceItSaysSo() {
        const QTemporaryDir folder;
        test::removeSoundDevices(folder.path());
        PlayerParts parts;
        parts.playback.setClip(ramp(24000));
        QSignalSpy problems(&parts.playback, &studio::Playback::problemChanged);
        parts.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!problems.isEmpty(), 10000);
        QTRY_VERIFY(!parts.playback.playing());
        QVERIFY(parts.button("Sound device")->isVisible());
        QVERIFY(parts.button("Sound device")->text().contains(QStringLiteral("No sound device")));
        parts.bar.resize(1000, 40);
        parts.bar.setProblem(QStringLiteral("The sound device “default” has stopped taking sound"));
        QCoreApplication::processEvents();
        QVERIFY(parts.button("Sound device")->width() >= parts.button("Sound device")->sizeHint().width());
        QSignalSpy asked(&parts.bar, &ui::PlayerBar::deviceRequested);
        parts.button("Sound device")->click();
        QCOMPARE(asked.size(), 1);
        // The rest works.
        Q_EMIT parts.view.seekRequested(0.5);
        QCOMPARE(parts.view.timeline().playhead(), 0.5);
    }

    void theVolumeIsTheSliders() {
        const test::SoundRecorder recorder;
        PlayerParts parts;
        parts.bar.setVolume(0.25);
        QVERIFY(std::abs(parts.bar.volume() - 0.25) < 0.01);
        parts.playback.setClip(ramp(24000));
        parts.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!parts.playback.playing(), 20000);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorder.heardLeft()).size() >= 24000, 5000);
        QVERIFY(std::abs(heard[23999] / (24000.0f / 131072.0f) - static_cast<float>(parts.bar.volume())) < 1e-5f);
    }

    void theMeterShowsWhatIsTooLoud() {
        ui::LevelMeter meter;
        audio::PlaybackLevels levels;
        levels.channels = 2;
        levels.peak = {1.2f, 0.5f};
        levels.rms = {0.4f, 0.2f};
        levels.highest = 1.2f;
        meter.setLevels(levels);
        QVERIFY(meter.over());
        meter.resize(160, 20);
        const QImage picture = meter.grab().toImage();
        // The upper bar reaches further to the right than the lower one (0 dB and −6 dB of 60).
        const auto lit = [&](int y) {
            int last = 0;
            for (int x = 0; x < 150; ++x)
                if (picture.pixelColor(x, y) != meter.palette().color(QPalette::Base)) last = x;
            return last;
        };
        QVERIFY2(lit(3) > lit(15) + 8, qPrintable(QString::number(lit(3)) + ' ' + QString::number(lit(15))));
        QTest::mouseClick(&meter, Qt::LeftButton);
        QVERIFY(!meter.over());
    }
};

QTEST_MAIN(PlaybackTest)
#include "PlaybackTest.moc"
