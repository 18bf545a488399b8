#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "tests/support/SoundRecorder.h"

#include <QToolButton>

using namespace n2m;
using test::longEnough;

namespace {

constexpr std::size_t frames = 48000;

/// A ramp: every frame is different, none is silent, and FLAC's 24 bits hold it exactly.
audio::Clip ramp() {
    audio::Clip clip{std::vector<float>(frames), 24000, 1};
    for (std::size_t frame = 0; frame < frames; ++frame)
        clip.samples[frame] = static_cast<float>(frame + 1) / 131072.0f;
    return clip;
}

} // namespace

/// From the button "Generate" of the real window to the samples that the sound device gets.
class HearingTest : public test::StudioFixture {
    Q_OBJECT

    test::SoundRecorder m_recorder;

    studio::Studio::Setup setup() const override {
        studio::Studio::Setup setup = StudioFixture::setup();
        setup.generate = [](const Request&, Monitor&) {
            Generation generation;
            generation.clip = ramp();
            return generation;
        };
        return setup;
    }

    QToolButton* button(const char* name) {
        for (auto* one : m_studio->window().findChildren<QToolButton*>())
            if (one->accessibleName() == QLatin1String(name)) return one;
        return nullptr;
    }

    /// Samples of both channels from `from` to the end of the clip.
    static void append(std::vector<float>& samples, const audio::Clip& clip, std::size_t from = 0) {
        for (std::size_t frame = from; frame < clip.frames(); ++frame)
            samples.insert(samples.end(), 2, clip.samples[frame]);
    }

private Q_SLOTS:
    void initTestCase() { begin(); }
    void cleanupTestCase() { end(); }

    void whatWasMadeIsHeard() {
        generate("a rising line");
        storage::TakeStore& takes = library().takes();
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
        // At the end of the clip the playhead goes back to where playing began.
        QTRY_VERIFY_WITH_TIMEOUT(button("Play"), longEnough);
        QTRY_COMPARE_WITH_TIMEOUT(view().timeline().playhead(), 0.0, longEnough);
    }

    /// Playing by key, from the place that was clicked.
    void spacePlaysFromThePlayhead() {
        QTRY_VERIFY_WITH_TIMEOUT(button("Play"), longEnough);
        Q_EMIT view().seekRequested(0.5);
        historyList()->setFocus();
        QTest::keyClick(historyList(), Qt::Key_Space);
        std::vector<float> expected, heard;
        append(expected, ramp());
        append(expected, ramp(), 12000);
        QTRY_VERIFY_WITH_TIMEOUT((heard = m_recorder.heard()).size() >= expected.size(), longEnough);
        QVERIFY(heard == expected);
        QTRY_COMPARE_WITH_TIMEOUT(view().timeline().playhead(), 0.5, longEnough);
    }
};

QTEST_MAIN(HearingTest)
#include "HearingTest.moc"
