#include "app/studio/GenerationWorker.h"
#include "app/studio/Studio.h"

#include "engine/audio/SoundFile.h"
#include "storage/Library.h"
#include "tests/support/SoundRecorder.h"
#include "ui/clip/ClipView.h"
#include "ui/style/Theme.h"
#include "ui/window/MainWindow.h"

#include <QApplication>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace n2m;
using n2m::studio::Studio;

namespace {

constexpr int longEnough = 20000; // milliseconds
constexpr std::size_t frames = 48000;

/// A ramp: every frame is its own number, none is silent, and FLAC's 24 bits hold it exactly.
audio::Clip ramp() {
    audio::Clip clip{std::vector<float>(frames), 24000, 1};
    for (std::size_t frame = 0; frame < frames; ++frame)
        clip.samples[frame] = static_cast<float>(frame + 1) / 131072.0f;
    return clip;
}

} // namespace

/// From the button "Generate" of the real window to the samples that the sound device gets.
class HearingTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    test::SoundRecorder m_recorder{m_folder.path()};
    std::unique_ptr<Studio> m_studio;

    template <typename Widget> Widget* child(const char* name) { return m_studio->window().findChild<Widget*>(name); }
    QToolButton* button(const char* name) {
        for (auto* one : m_studio->window().findChildren<QToolButton*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }
    ui::ClipView& view() { return *m_studio->window().findChild<ui::ClipView*>(); }

    /// Samples of both channels from `from` to the end of the clip.
    static void append(std::vector<float>& samples, const audio::Clip& clip, std::size_t from = 0) {
        for (std::size_t frame = from; frame < clip.frames(); ++frame)
            samples.insert(samples.end(), 2, clip.samples[frame]);
    }

private Q_SLOTS:
    void initTestCase() {
        ui::applyTheme(*qApp, ui::Theme::Dark);
        Studio::Setup setup;
        setup.library = m_folder.filePath("library").toStdString();
        setup.settingsFile = m_folder.filePath("settings.ini");
        setup.model.seconds = 2.0;
        setup.check = [](const Request&) {};
        setup.generate = [](const Request&, Monitor&) {
            Generation generation;
            generation.clip = ramp();
            return generation;
        };
        m_studio = std::make_unique<Studio>(std::move(setup));
        m_studio->begin();
        QVERIFY(QTest::qWaitForWindowExposed(&m_studio->window()));
        m_studio->window().activateWindow(); // where no window manager does it
        QVERIFY(QTest::qWaitForWindowActive(&m_studio->window()));
    }
    void cleanupTestCase() { m_studio.reset(); }

    void whatWasMadeIsHeard() {
        QTest::keyClicks(child<QPlainTextEdit>("prompt"), "a rising line");
        QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        storage::TakeStore& takes = m_studio->library().takes();
        QTRY_COMPARE_WITH_TIMEOUT(takes.count(), 1u, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(button("Play") && button("Play")->isEnabled(), longEnough);
        QTest::mouseClick(button("Play"), Qt::LeftButton);
        const audio::Clip kept = audio::readSoundFile(takes.pathOf(*takes.find(takes.ids().front())));
        QCOMPARE(kept.samples, ramp().samples);
        std::vector<float> expected, heard;
        append(expected, kept);
        QTRY_VERIFY_WITH_TIMEOUT((heard = m_recorder.heard()).size() >= expected.size(), longEnough);
        QVERIFY(heard == expected);
        // It ended by itself, and the playhead is where it began.
        QTRY_VERIFY_WITH_TIMEOUT(button("Play"), longEnough);
        QTRY_COMPARE_WITH_TIMEOUT(view().playhead(), 0.0, longEnough);
    }

    /// Once more with the keyboard, from where the view was clicked.
    void spacePlaysFromThePlayhead() {
        QTRY_VERIFY_WITH_TIMEOUT(button("Play"), longEnough);
        Q_EMIT view().seekRequested(0.5);
        child<QListView>("history")->setFocus();
        QTest::keyClick(child<QListView>("history"), Qt::Key_Space);
        std::vector<float> expected, heard;
        append(expected, ramp());
        append(expected, ramp(), 12000);
        QTRY_VERIFY_WITH_TIMEOUT((heard = m_recorder.heard()).size() >= expected.size(), longEnough);
        QVERIFY(heard == expected);
        QTRY_COMPARE_WITH_TIMEOUT(view().playhead(), 0.5, longEnough);
    }
};

QTEST_MAIN(HearingTest)
#include "HearingTest.moc"
