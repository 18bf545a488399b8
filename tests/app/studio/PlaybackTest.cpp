#include "app/studio/Playback.h"
#include "engine/audio/Player.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/clip/ClipView.h"
#include "ui/keys/Actions.h"
#include "ui/player/LevelMeter.h"
#include "ui/player/PlayerBar.h"

#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace n2m;
using audio::FrameRange;

/// Player, view and bar together, over ALSA's `file` plugin: what is clicked is what is heard. See PlayerTest.
class PlaybackTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    /// All at once: the player may be looking for devices just now, and PortAudio aborts where ALSA has no name at all.
    void configure(const char* name) {
        QSaveFile file(m_folder.filePath(QStringLiteral("alsa.conf")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        if (name)
            file.write(QStringLiteral("pcm.nothing { type null }\n"
                                      "pcm.!default { type file slave.pcm nothing file \"%1\" format raw }\n")
                           .arg(m_folder.filePath(QString::fromLatin1(name)))
                           .toUtf8());
        else
            file.write("pcm.!default { type hw card 77 }\n");
        QVERIFY(file.commit());
        qputenv("ALSA_CONFIG_PATH", file.fileName().toLocal8Bit());
    }

    /// The left channel of what was recorded, from the first sound on.
    std::vector<float> recorded(const char* name) const {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::ReadOnly)) return {};
        const QByteArray bytes = file.readAll();
        std::vector<float> both(static_cast<std::size_t>(bytes.size()) / sizeof(float)), left;
        std::memcpy(both.data(), bytes.constData(), both.size() * sizeof(float));
        for (std::size_t i = 0; i + 1 < both.size(); i += 2)
            if (!left.empty() || both[i] != 0.0f) left.push_back(both[i]);
        return left;
    }
    qint64 size(const char* name) const { return QFileInfo(m_folder.filePath(QString::fromLatin1(name))).size(); }

    /// A ramp: every frame is its own number, and none is zero.
    static std::shared_ptr<const audio::Clip> ramp(std::size_t frames, float scale = 1.0f) {
        auto clip = std::make_shared<audio::Clip>(audio::Clip{std::vector<float>(frames), 24000, 1});
        for (std::size_t frame = 0; frame < frames; ++frame)
            clip->samples[frame] = scale * static_cast<float>(frame + 1) / 131072.0f;
        return clip;
    }

    struct Desk {
        audio::Player player;
        ui::ClipView view;
        ui::Actions actions;
        ui::PlayerBar bar{actions};
        studio::Playback playback{player, view, bar};

        Desk() {
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
        configure("whole.raw");
        Desk desk;
        QSignalSpy changes(&desk.playback, &studio::Playback::playingChanged);
        QVERIFY(!desk.button("Play")->isEnabled());
        const auto clip = ramp(24000);
        desk.playback.setClip(clip);
        QVERIFY(desk.button("Play")->isEnabled());
        Q_EMIT desk.view.seekRequested(0.25);
        QCOMPARE(desk.view.playhead(), 0.25);
        desk.button("Play")->click();
        QTRY_VERIFY_WITH_TIMEOUT(changes.size() == 2, 20000); // it began, and ended by itself
        QCOMPARE(desk.view.playhead(), 0.25);
        QVERIFY(desk.button("Play")); // no longer "Stop"
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorded("whole.raw")).size() >= 18000, 5000);
        QVERIFY(std::equal(clip->samples.begin() + 6000, clip->samples.end(), heard.begin()));
    }

    void loopsTheSelection() {
        configure("loop.raw");
        Desk desk;
        const auto clip = ramp(24000);
        desk.playback.setClip(clip);
        desk.view.timeline().setSelection({6000, 9000});
        desk.button("Loop")->click();
        QCOMPARE(desk.player.loop(), (std::optional<FrameRange>{{6000, 9000}}));
        QVERIFY(desk.button("Loop")->isChecked());
        desk.playback.toggle(); // the playhead is outside: it begins with the loop
        QTRY_VERIFY_WITH_TIMEOUT(size("loop.raw") > 8 * 20000, 20000);
        QVERIFY(desk.playback.playing());
        QTRY_VERIFY(desk.view.playhead() >= 0.25 && desk.view.playhead() <= 0.375);
        desk.playback.toggle();
        QVERIFY(!desk.playback.playing());
        const std::vector<float> heard = recorded("loop.raw");
        for (std::size_t i = 0; i < 15000; ++i)
            QCOMPARE(heard[i], clip->samples[6000 + i % 3000]);
        desk.playback.toggleLoop();
        QVERIFY(!desk.player.loop());
        QVERIFY(!desk.button("Loop")->isChecked());
        desk.playback.toggleLoop(); // the selection again
        QVERIFY(desk.view.timeline().loop());
    }

    void playsOnce() {
        configure("once.raw");
        Desk desk;
        const auto clip = ramp(24000);
        desk.playback.setClip(clip);
        desk.view.timeline().setSelection({12000, 13000});
        desk.playback.setLooping(true);
        QSignalSpy changes(&desk.playback, &studio::Playback::playingChanged);
        desk.playback.playOnce();
        QTRY_VERIFY_WITH_TIMEOUT(changes.size() == 2, 20000);
        QCOMPARE(desk.view.playhead(), 0.5);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorded("once.raw")).size() >= 1000, 5000);
        for (std::size_t i = 0; i < heard.size(); ++i)
            QCOMPARE(heard[i], i < 1000 ? clip->samples[12000 + i] : 0.0f);
        QVERIFY(desk.view.timeline().loop()); // still there
    }

    /// Two frames are over before anybody has looked: it began and ended nevertheless.
    void whatIsOverAtOnceHasBeenPlayed() {
        configure("short.raw");
        Desk desk;
        desk.playback.setClip(ramp(24000));
        for (int i = 0; i < 20; ++i) {
            desk.view.timeline().setSelection({12000, 12002});
            Q_EMIT desk.view.seekRequested(0.25);
            QSignalSpy changes(&desk.playback, &studio::Playback::playingChanged);
            desk.playback.playOnce();
            QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 2, 20000);
            QCOMPARE(desk.view.playhead(), 0.5);
        }
    }

    void twoTakesAreEquallyLoud() {
        configure("takes.raw");
        Desk desk;
        const auto loud = std::make_shared<audio::Clip>(test::tone(2.0, 1000.0, 24000, 1, 0.5f));
        const auto quiet = std::make_shared<audio::Clip>(test::tone(2.0, 1000.0, 24000, 1, 0.125f));
        desk.playback.setClip(loud);
        desk.playback.compareWith(quiet);
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(desk.view.comparedOffset() - 12.04) < 0.05, 10000);
        desk.view.setTake(ui::ClipView::Take::B);
        QCOMPARE(desk.player.clip(), std::shared_ptr<const audio::Clip>(quiet));
        desk.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.playback.playing(), 20000);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorded("takes.raw")).size() >= 48000, 5000);
        QVERIFY(std::abs(*std::max_element(heard.begin(), heard.end()) - 0.5f) < 0.005f);
        desk.playback.compareWith(nullptr);
        QCOMPARE(desk.view.take(), ui::ClipView::Take::A);
        QCOMPARE(desk.player.clip(), std::shared_ptr<const audio::Clip>(loud));
    }

    void aPreviewGoesOnWhereItWas() {
        configure("preview.raw");
        Desk desk;
        desk.playback.setClip(ramp(24000));
        desk.playback.setLooping(true);
        desk.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(size("preview.raw") > 80000, 20000);
        desk.playback.setClip(ramp(24000, 0.5f)); // the same length: a clearer picture of the same clip
        QVERIFY(desk.playback.playing());
        QVERIFY(desk.view.timeline().loop());
        desk.playback.setClip(ramp(12000)); // another clip
        QVERIFY(!desk.playback.playing());
        QCOMPARE(desk.view.playhead(), 0.0);
        desk.playback.setClip(nullptr);
        desk.playback.play();
        QVERIFY(!desk.playback.playing());
        QVERIFY(!desk.button("Play")->isEnabled());
    }

    void withoutADeviceItSaysSo() {
        configure(nullptr);
        Desk desk;
        desk.playback.setClip(ramp(24000));
        QSignalSpy problems(&desk.playback, &studio::Playback::problemChanged);
        desk.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!problems.isEmpty(), 10000);
        QTRY_VERIFY(!desk.playback.playing());
        QVERIFY(desk.button("Sound device")->isVisible());
        QVERIFY(desk.button("Sound device")->text().contains(QStringLiteral("No sound device")));
        desk.bar.resize(1000, 40);
        desk.bar.setProblem(QStringLiteral("The sound device “default” has stopped taking sound"));
        QCoreApplication::processEvents();
        QVERIFY(desk.button("Sound device")->width() >= desk.button("Sound device")->sizeHint().width());
        QSignalSpy asked(&desk.bar, &ui::PlayerBar::deviceRequested);
        desk.button("Sound device")->click();
        QCOMPARE(asked.size(), 1);
        // The rest works.
        Q_EMIT desk.view.seekRequested(0.5);
        QCOMPARE(desk.view.playhead(), 0.5);
    }

    void theVolumeIsTheSliders() {
        configure("volume.raw");
        Desk desk;
        desk.bar.setVolume(0.25);
        QVERIFY(std::abs(desk.bar.volume() - 0.25) < 0.01);
        desk.playback.setClip(ramp(24000));
        desk.playback.play();
        QTRY_VERIFY_WITH_TIMEOUT(!desk.playback.playing(), 20000);
        std::vector<float> heard;
        QTRY_VERIFY_WITH_TIMEOUT((heard = recorded("volume.raw")).size() >= 24000, 5000);
        QVERIFY(std::abs(heard[23999] / (24000.0f / 131072.0f) - static_cast<float>(desk.bar.volume())) < 1e-5f);
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
