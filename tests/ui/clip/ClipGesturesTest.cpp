#include "ui/clip/ClipGestures.h"
#include "tests/ui/clip/ClipViewFixture.h"

#include <QLineEdit>
#include <QSignalSpy>

#include <cmath>

using namespace n2m;
using namespace n2m::test;
using namespace n2m::ui;
using audio::FrameRange;

/// Mouse, wheel and keys over a clip view, and the timeline's commands.
class ClipGesturesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zoomKeepsWhatIsUnderTheMouse() {
        ClipView view;
        show(view);
        view.setClip(sine(30.0));
        Timeline& timeline = view.timeline();
        QVERIFY(timeline.fits());
        const QPointF mouse = at(view, 21.5);
        const double before = timeline.toTime(mouse.x() - view.areas().waveform.left());
        const double scale = timeline.secondsPerPixel();
        for (int i = 0; i < 7; ++i)
            turnWheel(view, mouse, 120, Qt::ControlModifier);
        QVERIFY(timeline.secondsPerPixel() < 0.1 * scale);
        QVERIFY(std::abs(timeline.toTime(mouse.x() - view.areas().waveform.left()) - before) < 1e-9);
        // The closest zoom shows samples 24 pixels apart.
        for (int i = 0; i < 60; ++i)
            turnWheel(view, mouse, 120, Qt::ControlModifier);
        QVERIFY(std::abs(timeline.secondsPerPixel() * 24000.0 - 1.0 / 24.0) < 1e-9);
        settle(view);
        // The widest zoom shows the whole clip.
        for (int i = 0; i < 60; ++i)
            turnWheel(view, mouse, -120, Qt::ControlModifier);
        QVERIFY(timeline.fits());
        QCOMPARE(timeline.begin(), 0.0);
        QVERIFY(std::abs(timeline.end() - 30.0) < 1e-6);
    }

    void pans() {
        ClipView view;
        show(view);
        view.setClip(sine(30.0));
        Timeline& timeline = view.timeline();
        view.timeline().showNormal();
        QVERIFY(std::abs(timeline.secondsPerPixel() - 0.01) < 1e-9);
        timeline.scrollTo(10.0);
        turnWheel(view, at(view, 12.0), -120, Qt::ShiftModifier);
        QVERIFY(std::abs(timeline.begin() - 10.9) < 1e-6);
        drag(view, at(view, 15.0), at(view, 14.0), Qt::MiddleButton);
        QVERIFY(std::abs(timeline.begin() - 11.9) < 0.02);
        QVERIFY(timeline.selection().empty());
        timeline.scrollTo(1000.0); // no further than the end
        QVERIFY(std::abs(timeline.end() - 30.0) < 1e-6);
    }

    void selectsWithTheMouse() {
        ClipView view;
        show(view);
        view.setClip(sine(30.0));
        view.timeline().showNormal();
        view.timeline().scrollTo(5.0);
        QSignalSpy selected(&view.timeline(), &Timeline::selectionChanged), dragged(&view, &ClipView::selectionDragged),
            seeks(&view, &ClipView::seekRequested);
        drag(view, at(view, 6.0), at(view, 8.5));
        QCOMPARE(view.timeline().selection(), (FrameRange{144000, 204000}));
        QVERIFY(!selected.isEmpty());
        QCOMPARE(dragged.size(), 1);
        QCOMPARE(seeks.size(), 0);
        // Its edges can be dragged, also beyond each other.
        drag(view, at(view, 8.5) + QPointF(2.0, 0.0), at(view, 9.0));
        QCOMPARE(view.timeline().selection(), (FrameRange{144000, 216000}));
        drag(view, at(view, 6.0), at(view, 10.0));
        QCOMPARE(view.timeline().selection(), (FrameRange{216000, 240000}));
        // A click with Shift extends it.
        QTest::mouseClick(&view, Qt::LeftButton, Qt::ShiftModifier, at(view, 11.0).toPoint());
        QCOMPARE(view.timeline().selection(), (FrameRange{216000, 264000}));
        // A click without a drag removes it and asks for a seek.
        QTest::mouseClick(&view, Qt::LeftButton, {}, at(view, 7.0).toPoint());
        QVERIFY(view.timeline().selection().empty());
        QCOMPARE(seeks.size(), 1);
        QCOMPARE(seeks[0][0].toDouble(), 7.0);
    }

    void selectsWithKeys() {
        ClipView view;
        show(view);
        view.setClip(sine(10.0));
        view.timeline().setPlayhead(2.0);
        view.timeline().selectFromPlayhead();
        QCOMPARE(view.timeline().selection(), (FrameRange{48000, 240000}));
        view.timeline().setPlayhead(5.0);
        view.timeline().selectToPlayhead();
        QCOMPARE(view.timeline().selection(), (FrameRange{48000, 120000}));
        view.timeline().showSelection();
        QVERIFY(std::abs(view.timeline().begin() - 2.0) < 1e-9);
        QVERIFY(std::abs(view.timeline().end() - 5.0) < 1e-6);
        view.timeline().fit();
        QVERIFY(view.timeline().fits());
        QSignalSpy seeks(&view, &ClipView::seekRequested);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(seeks.size(), 1);
        QVERIFY(seeks[0][0].toDouble() > 5.0);
        QTest::keyClick(&view, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(view.timeline().selection().end < 120000);
        view.timeline().selectNothing();
        QVERIFY(view.timeline().selection().empty());
    }

    void loops() {
        ClipView view;
        show(view);
        view.setClip(sine(10.0));
        QSignalSpy loops(&view.timeline(), &Timeline::loopChanged);
        view.timeline().setSelection({24000, 48000});
        view.timeline().loopSelection();
        QCOMPARE(view.timeline().loop(), (std::optional<FrameRange>{{24000, 48000}}));
        QCOMPARE(loops.size(), 1);
        view.timeline().loopSelection(); // the same again: no loop
        QVERIFY(!view.timeline().loop());
        // In the ruler.
        const QPointF from(view.areas().waveform.left() + view.timeline().toPixel(3.0), 5.0);
        const QPointF to(view.areas().waveform.left() + view.timeline().toPixel(7.0), 5.0);
        drag(view, from, to);
        QVERIFY(view.timeline().loop());
        QVERIFY(std::abs(view.timeline().timeOf(view.timeline().loop()->begin) - 3.0) < 0.02);
        QVERIFY(std::abs(view.timeline().timeOf(view.timeline().loop()->end) - 7.0) < 0.02);
        // A preview of the same length leaves it; another clip does not.
        view.setClip(sine(10.0, 500.0));
        QVERIFY(view.timeline().loop());
        view.setClip(sine(11.0));
        QVERIFY(!view.timeline().loop());
    }

    void edgesKeepToBarsAndBeats() {
        ClipView view;
        show(view);
        view.setClip(sine(16.0));
        view.setPlan(fourChords()); // a beat is 0.5 s, which is some 26 pixels
        const auto selected = [&view] {
            const FrameRange range = view.timeline().selection();
            return std::pair(view.timeline().timeOf(range.begin), view.timeline().timeOf(range.end));
        };
        drag(view, at(view, 2.06), at(view, 5.93));
        QCOMPARE(selected(), std::pair(2.0, 6.0));
        // Between two beats, edges do not snap.
        drag(view, at(view, 8.25), at(view, 9.75));
        QVERIFY(std::abs(selected().first - 8.25) < 0.02 && std::abs(selected().second - 9.75) < 0.02);
        QPointF ruler = at(view, 4.05);
        ruler.setY(6.0);
        drag(view, ruler, ruler + QPointF(at(view, 7.94).x() - at(view, 4.05).x(), 0.0));
        QVERIFY(view.timeline().loop());
        QCOMPARE(view.timeline().timeOf(view.timeline().loop()->begin), 4.0);
        QCOMPARE(view.timeline().timeOf(view.timeline().loop()->end), 8.0);
        // With Alt during the drag, edges do not snap; pressed before it, Alt pans.
        QTest::mousePress(&view, Qt::LeftButton, {}, at(view, 2.06).toPoint());
        for (const double time : {4.0, 5.93}) {
            QMouseEvent move(QEvent::MouseMove, at(view, time), view.mapToGlobal(at(view, time)), Qt::NoButton,
                             Qt::LeftButton, Qt::AltModifier);
            QCoreApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::AltModifier, at(view, 5.93).toPoint());
        QVERIFY(std::abs(selected().first - 2.06) < 0.02 && std::abs(selected().second - 5.93) < 0.02);
        // In a narrow view beats are too close to each other: edges snap to bars alone.
        view.resize(400, 500);
        drag(view, at(view, 2.55), at(view, 5.93));
        QVERIFY(selected().first > 2.4 && selected().first != 2.5);
        QCOMPARE(selected().second, 6.0);
    }

    void aDoubleClickSelectsABar() {
        ClipView view;
        show(view);
        view.setClip(sine(16.0));
        view.setPlan(fourChords());
        QSignalSpy dragged(&view, &ClipView::selectionDragged);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, at(view, 5.2).toPoint());
        QCOMPARE(view.timeline().timeOf(view.timeline().selection().begin), 4.0);
        QCOMPARE(view.timeline().timeOf(view.timeline().selection().end), 6.0);
        QCOMPARE(dragged.size(), 1);
        QVERIFY(!view.findChild<QLineEdit*>(QStringLiteral("chordEditor")));
    }
};

QTEST_MAIN(ClipGesturesTest)
#include "ClipGesturesTest.moc"
