#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "tests/support/SoundRecorder.h"

#include <cmath>
#include <optional>

using namespace n2m;
using test::longEnough;

/// Two clips compared under one playhead, by keys and by ear: a loud low tone, and before it a soft high one.
class ComparisonTest : public test::StudioFixture {
    Q_OBJECT

    static constexpr double low = 203.0, high = 907.0; // Hz; almost no sample is 0
    static constexpr float loud = 0.5f, soft = 0.1f;

    std::optional<test::SoundRecorder> m_recorder;

    std::shared_ptr<const audio::Clip> show(const char* name, double frequency, float amplitude, int channels = 1) {
        const QString file = m_folder->filePath(name);
        audio::writeSoundFile(file.toStdString(), test::tone(2.0, frequency, 24000, channels, amplitude),
                              audio::SampleFormat::Pcm24);
        const auto before = view().clip();
        m_studio->open({file});
        if (!QTest::qWaitFor([&] { return view().clip() && view().clip() != before; }, longEnough))
            qFatal("%s is not shown", name);
        return view().clip();
    }
    void press(Qt::Key key) { QTest::keyClick(&view(), key); }

    struct Sound {
        double frequency = 0.0, level = 0.0; ///< Hz, RMS
    };
    /// Plays the clip from its start to its end and listens.
    Sound listen() {
        const std::size_t before = m_recorder->heard().size();
        std::vector<float> heard;
        press(Qt::Key_Home);
        press(Qt::Key_Space);
        constexpr std::size_t frames = 47900; // of 48000; the recorder drops silent ones
        const auto enough = [&] { return (heard = m_recorder->heard()).size() >= before + 2 * frames; };
        if (!QTest::qWaitFor(enough, longEnough)) qFatal("nothing is heard");
        Sound sound;
        constexpr std::size_t count = 40000;
        for (std::size_t i = 1; i < count; ++i) {
            const float last = heard[before + 2 * (i - 1)], now = heard[before + 2 * i];
            if ((last < 0.0f) != (now < 0.0f)) sound.frequency += 0.5 * 24000.0 / count;
            sound.level += now * now / count;
        }
        sound.level = std::sqrt(sound.level);
        const auto ended = [this] { return view().timeline().playhead() == 0.0; };
        if (!QTest::qWaitFor(ended, longEnough)) qFatal("it does not end");
        return sound;
    }

private Q_SLOTS:
    void init() {
        m_recorder.emplace();
        begin();
    }
    void cleanup() { end(); }

    void theTwoAreHeardAsLoudAsEachOther() {
        const auto before = show("soft.wav", high, soft), shown = show("loud.wav", low, loud);
        view().setFocus();
        QVERIFY(action("clip.compare")->isEnabled() && !action("compare.switch")->isEnabled());
        press(Qt::Key_C);
        QVERIFY(view().compared() == before && view().clip() == shown);
        QVERIFY(action("compare.switch")->isEnabled() && action("compare.difference")->isEnabled());
        QCOMPARE(title(), QString("A: loud.wav"));
        QCOMPARE(child<QLabel>("clipFacts")->text(), QString("B: soft.wav"));
        QTRY_VERIFY_WITH_TIMEOUT(view().comparedOffset() != 0.0, longEnough);
        QVERIFY(std::abs(view().comparedOffset() - 20.0 * std::log10(loud / soft)) < 2.0); // the ear's weights differ

        QVERIFY(view().comparison() == ui::ClipView::Comparison::A);
        const Sound first = listen();
        QVERIFY2(std::abs(first.frequency - low) < 5.0, qPrintable(QString::number(first.frequency)));
        press(Qt::Key_B);
        QVERIFY(view().comparison() == ui::ClipView::Comparison::B);
        const Sound second = listen();
        QVERIFY2(std::abs(second.frequency - high) < 5.0, qPrintable(QString::number(second.frequency)));
        QVERIFY2(std::abs(20.0 * std::log10(second.level / first.level)) < 2.0,
                 qPrintable(QString("%1 against %2").arg(second.level).arg(first.level)));
        press(Qt::Key_B);
        QVERIFY(view().comparison() == ui::ClipView::Comparison::A);
    }

    void whatHasNoLoudnessIsHeardAsItIs() {
        show("choir.wav", high, soft, 70); // channels
        show("loud.wav", low, loud);
        view().setFocus();
        press(Qt::Key_C);
        QVERIFY(view().compared());
        press(Qt::Key_B);
        QVERIFY(view().comparison() == ui::ClipView::Comparison::B);
        m_studio.reset(); // waits for the measurement
    }

    void theDifferenceIsSeenAndTheFirstHeard() {
        show("soft.wav", high, soft);
        show("loud.wav", low, loud);
        view().setFocus();
        press(Qt::Key_C);
        QTRY_VERIFY_WITH_TIMEOUT(view().comparedOffset() != 0.0, longEnough);
        press(Qt::Key_D);
        QVERIFY(view().comparison() == ui::ClipView::Comparison::Difference);
        QVERIFY(std::abs(listen().frequency - low) < 5.0);
        press(Qt::Key_D);
        QVERIFY(view().comparison() == ui::ClipView::Comparison::A);
    }

    void itEndsByTheSameKeyOrWithAnotherClip() {
        const auto before = show("soft.wav", high, soft);
        show("loud.wav", low, loud);
        view().setFocus();
        press(Qt::Key_C);
        press(Qt::Key_B);
        press(Qt::Key_C);
        QVERIFY(!view().compared());
        QVERIFY(view().comparison() == ui::ClipView::Comparison::A);
        QVERIFY(!action("compare.switch")->isEnabled());
        press(Qt::Key_C);
        QVERIFY(view().compared() == before);
        show("third.wav", 440.0, loud);
        QVERIFY(!view().compared());
        QVERIFY(!action("compare.switch")->isEnabled());
    }
};

QTEST_MAIN(ComparisonTest)
#include "ComparisonTest.moc"
