#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipView.h"
#include "tests/ui/SoundOfTest.h"
#include "ui/clip/Lanes.h"

#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>

using namespace n2m;
using namespace n2m::ui;
using audio::FrameRange;

namespace {

std::shared_ptr<const audio::Clip> sine(double seconds, double frequency = 1000.0, float amplitude = 0.5f,
                                        int rate = 24000, int channels = 1) {
    return std::make_shared<audio::Clip>(test::tone(seconds, frequency, rate, channels, amplitude));
}

plan::Plan fourChords(double seconds = 16.0, double bpm = 120.0) { // a bar is 2 s
    plan::PlanSketch sketch;
    sketch.bpm = bpm;
    sketch.key = plan::parseKey("A minor");
    sketch.progressions = {plan::parseProgression("Am F | C | G | Em")};
    sketch.form = {{"verse", 4, 0.4f, 0}, {"chorus", 4, 0.9f, 0}};
    return plan::buildPlan(sketch, seconds);
}

void wheel(QWidget& widget, QPointF at, int angle, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, modifiers, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &event);
}

void drag(QWidget& widget, QPointF from, QPointF to, Qt::MouseButton button = Qt::LeftButton,
          Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::mousePress(&widget, button, modifiers, from.toPoint());
    const auto move = [&](QPointF at) {
        QMouseEvent event(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, button, modifiers);
        QCoreApplication::sendEvent(&widget, &event);
    };
    move(0.5 * (from + to));
    move(to);
    QTest::mouseRelease(&widget, button, modifiers, to.toPoint());
}

/// What a widget was asked to repaint.
class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
    QRegion region;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) region += static_cast<QPaintEvent*>(event)->region();
        return false;
    }
};

} // namespace

class ClipViewTest : public QObject {
    Q_OBJECT

private:
    static void show(ClipView& view, QSize size = {900, 500}) {
        view.resize(size);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    static void settle(ClipView& view) {
        view.grab();
        QTRY_VERIFY_WITH_TIMEOUT((QCoreApplication::processEvents(), view.grab(), view.complete()), 20000);
    }
    static QPointF at(const ClipView& view, double seconds, double share = 0.5) {
        const QRectF area = view.areas().waveform;
        return {area.left() + view.timeline().toPixel(seconds), area.top() + share * area.height()};
    }

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
            wheel(view, mouse, 120, Qt::ControlModifier);
        QVERIFY(timeline.secondsPerPixel() < 0.1 * scale);
        QVERIFY(std::abs(timeline.toTime(mouse.x() - view.areas().waveform.left()) - before) < 1e-9);
        // To the sample and no further: 24 pixels each.
        for (int i = 0; i < 60; ++i)
            wheel(view, mouse, 120, Qt::ControlModifier);
        QVERIFY(std::abs(timeline.secondsPerPixel() * 24000.0 - 1.0 / 24.0) < 1e-9);
        settle(view);
        // And all the way back.
        for (int i = 0; i < 60; ++i)
            wheel(view, mouse, -120, Qt::ControlModifier);
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
        wheel(view, at(view, 12.0), -120, Qt::ShiftModifier);
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
        // Its edges can be taken hold of, also beyond each other.
        drag(view, at(view, 8.5) + QPointF(2.0, 0.0), at(view, 9.0));
        QCOMPARE(view.timeline().selection(), (FrameRange{144000, 216000}));
        drag(view, at(view, 6.0), at(view, 10.0));
        QCOMPARE(view.timeline().selection(), (FrameRange{216000, 240000}));
        // Shift and a click: up to there.
        QTest::mouseClick(&view, Qt::LeftButton, Qt::ShiftModifier, at(view, 11.0).toPoint());
        QCOMPARE(view.timeline().selection(), (FrameRange{216000, 264000}));
        // A mere click lets go and puts the playhead.
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

    void readsWhatIsThere() {
        ClipView view;
        show(view);
        view.setClip(sine(4.0, 440.0, 0.5f));
        settle(view);
        const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
        const QRectF area = view.areas().spectrogram;
        const QPointF a4(at(view, 2.0).x(), area.bottom() - mel.positionOf(440.0) * area.height());
        ClipReadout readout = view.readoutAt(a4);
        QVERIFY(std::abs(readout.time - 2.0) < 0.01);
        QVERIFY(readout.frequency && std::abs(*readout.frequency - 440.0) < 1.0);
        QVERIFY(readout.level);
        QVERIFY2(std::abs(*readout.level + 6.02) < 1.0, qPrintable(readout.text));
        QVERIFY2(readout.text.startsWith(QStringLiteral("0:02.000   440 Hz   A4")), qPrintable(readout.text));
        const auto back = qScopeGuard([locale = QLocale()] { QLocale::setDefault(locale); });
        QLocale::setDefault(QLocale(QLocale::German));
        const QString german = view.readoutAt(a4).text;
        QVERIFY2(german.startsWith(QStringLiteral("0:02,000   440 Hz   A4   ")) && !german.contains(u'.') &&
                     german.count(u',') == 2,
                 qPrintable(german));
        // The waveform: its peak.
        readout = view.readoutAt(at(view, 1.0));
        QVERIFY(!readout.frequency);
        QVERIFY(std::abs(*readout.level + 6.02) < 0.1);
        // Signals follow the mouse.
        QSignalSpy hovers(&view, &ClipView::hovered);
        QTest::mouseMove(&view, a4.toPoint());
        QTRY_VERIFY(!hovers.isEmpty());
        // Other axes have other places.
        SpectrogramOptions options = view.options();
        options.scale = audio::FrequencyScale::Linear;
        view.setOptions(options);
        readout = view.readoutAt({at(view, 2.0).x(), area.bottom() - 0.25 * area.height()});
        QVERIFY(std::abs(*readout.frequency - 3000.0) < 1.0);
    }

    void onlyAStripIsRepaintedWhilePlaying() {
        ClipView view;
        show(view);
        view.setClip(sine(30.0));
        settle(view);
        QCoreApplication::processEvents();
        PaintWatch watch(view);
        view.timeline().setPlayhead(10.0);
        QTRY_VERIFY(!watch.region.isEmpty());
        int area = 0;
        for (const QRect& rect : watch.region)
            area += rect.width() * rect.height();
        QVERIFY2(area <= 2 * 15 * view.height(), qPrintable(QString::number(area)));
    }

    void thePlayheadShowsOnDarkAndBright() {
        for (const float amplitude : {0.0f, 1.0f}) {
            ClipView view;
            show(view);
            view.setClip(sine(10.0, 6000.0, amplitude));
            settle(view);
            view.timeline().setPlayhead(5.0);
            const QImage picture = view.grab().toImage();
            const QRectF area = view.areas().spectrogram;
            const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
            const int y = static_cast<int>(area.bottom() - mel.positionOf(6000.0) * area.height());
            const int x = static_cast<int>(at(view, 5.0).x());
            int darkest = 255, brightest = 0;
            for (int i = x - 2; i <= x + 2; ++i) {
                const int grey = qGray(picture.pixel(i, y));
                darkest = std::min(darkest, grey);
                brightest = std::max(brightest, grey);
            }
            QVERIFY2(brightest - darkest > 100, qPrintable(QString::number(brightest - darkest)));
        }
    }

    void followsThePlayhead() {
        ClipView view;
        show(view);
        view.setClip(sine(60.0));
        view.timeline().showNormal();
        view.timeline().scrollTo(0.0);
        const double end = view.timeline().end();
        view.timeline().setPlayhead(end - 0.01);
        QCOMPARE(view.timeline().begin(), 0.0);
        view.timeline().setPlayhead(end + 0.01);
        QVERIFY(view.timeline().begin() > end - 1.0 && view.timeline().begin() <= end + 0.01);
        view.setFollowing(false);
        const double begin = view.timeline().begin();
        view.timeline().setPlayhead(59.0);
        QCOMPARE(view.timeline().begin(), begin);
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
        // Between two beats it is as free as ever.
        drag(view, at(view, 8.25), at(view, 9.75));
        QVERIFY(std::abs(selected().first - 8.25) < 0.02 && std::abs(selected().second - 9.75) < 0.02);
        QPointF ruler = at(view, 4.05);
        ruler.setY(6.0);
        drag(view, ruler, ruler + QPointF(at(view, 7.94).x() - at(view, 4.05).x(), 0.0));
        QVERIFY(view.timeline().loop());
        QCOMPARE(view.timeline().timeOf(view.timeline().loop()->begin), 4.0);
        QCOMPARE(view.timeline().timeOf(view.timeline().loop()->end), 8.0);
        // With Alt it is free everywhere; pressed first, Alt pans.
        QTest::mousePress(&view, Qt::LeftButton, {}, at(view, 2.06).toPoint());
        for (const double time : {4.0, 5.93}) {
            QMouseEvent move(QEvent::MouseMove, at(view, time), view.mapToGlobal(at(view, time)), Qt::NoButton,
                             Qt::LeftButton, Qt::AltModifier);
            QCoreApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::AltModifier, at(view, 5.93).toPoint());
        QVERIFY(std::abs(selected().first - 2.06) < 0.02 && std::abs(selected().second - 5.93) < 0.02);
        // Far away beats stand too close to each other: bars alone.
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

    void editsChords() {
        ClipView view;
        show(view);
        view.setClip(sine(16.0));
        plan::Plan scored = fourChords();
        scored.parts = {plan::Part{}};
        view.setPlan(scored);
        QCOMPARE(view.chords().progression(), QStringLiteral("Am F | C | G | Em | Am F | C | G | Em"));
        QSignalSpy edits(&view.chords(), &ChordEditor::chordsEdited), seeks(&view, &ClipView::seekRequested);
        const QPointF secondBar(view.areas().chords.left() + view.timeline().toPixel(2.7), view.areas().chords.center().y());
        QTest::mouseDClick(&view, Qt::LeftButton, {}, secondBar.toPoint());
        auto* editor = view.findChild<QLineEdit*>(QStringLiteral("chordEditor"));
        QVERIFY(editor && editor->isVisible());
        QCOMPARE(editor->text(), QStringLiteral("C"));
        QTest::keyClicks(editor, "Dmin7 G");
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits[0][0].toString(), QStringLiteral("Am F | Dm7 G | G | Em | Am F | C | G | Em"));
        QCOMPARE(plan::parseProgression(edits[0][0].toString().toStdString()).size(), std::size_t{8});

        // No chord: it stays to be mended, and it is said why, until it is closed. Esc: nothing happens.
        view.chords().openBar(1);
        editor = nullptr;
        for (auto* one : view.findChildren<QLineEdit*>(QStringLiteral("chordEditor")))
            if (one->isVisible()) editor = one;
        QVERIFY(editor);
        QTest::keyClicks(editor, "H#quux");
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(edits.size(), 1);
        QVERIFY(editor->isVisible() && editor->hasFocus());
        QCOMPARE(editor->text(), QStringLiteral("H#quux"));
        const auto* problem = view.findChild<QLabel*>(QStringLiteral("chordProblem"));
        QVERIFY(problem->isVisible() && problem->text().contains("H#quux"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!editor->isVisible());
        QVERIFY(!problem->isVisible());
        view.chords().openBar(3);
        for (auto* one : view.findChildren<QLineEdit*>(QStringLiteral("chordEditor")))
            if (one->isVisible()) editor = one;
        QTest::keyClicks(editor, "Am");
        QTest::keyClick(editor, Qt::Key_Escape);
        QCOMPARE(edits.size(), 1);
        QVERIFY(view.chords().progression().startsWith(QStringLiteral("Am F | Dm7 G | G")));
        // The plan has them where they were written, and is otherwise the same but for the score.
        const plan::Plan edited = *view.chords().editedPlan();
        QCOMPARE(progressionOf(barsOf(edited)), view.chords().progression());
        plan::Plan expected = fourChords();
        expected.chords = edited.chords;
        QVERIFY(edited == expected);
        QVERIFY(plan::planFromJson(plan::toJson(edited)).chords == edited.chords);
        QCOMPARE(edited.chords.size(), fourChords().chords.size() + 1);
        QCOMPARE(edited.chords[2].start, 2.0); // of 0.5 s beats: Dm7 two, G two and on
        QCOMPARE(edited.chords[3].start, 3.0);
        // An emptied bar is one without chords.
        view.chords().openBar(3);
        for (auto* one : view.findChildren<QLineEdit*>(QStringLiteral("chordEditor")))
            if (one->isVisible()) editor = one;
        editor->clear();
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(edits.last()[0].toString().startsWith(QStringLiteral("Am F | Dm7 G | N.C. | Em")));
        QCOMPARE(progressionOf(barsOf(*view.chords().editedPlan())), view.chords().progression());
        // A new plan forgets them.
        view.setPlan(fourChords());
        QVERIFY(view.chords().progression().startsWith(QStringLiteral("Am F | C | G")));
    }

    void theBarThatIsSelectedIsTheOneThatIsEdited() {
        ClipView view;
        show(view);
        view.setClip(sine(16.0));
        view.setPlan(fourChords(16.0, 167.0)); // whose bars begin between two frames
        connect(&view, &ClipView::selectionDragged, &view,
                [&view](const FrameRange& range) { view.timeline().setPlayhead(view.timeline().timeOf(range.begin)); });
        for (int bar = 1; bar <= 4; ++bar) {
            QTest::mouseDClick(&view, Qt::LeftButton, {}, at(view, (bar - 0.5) * 4 * 60.0 / 167.0).toPoint());
            view.chords().openAtPlayhead();
            const auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
            QVERIFY(editor);
            QCOMPARE(editor->accessibleName(), QStringLiteral("Chords of bar %1").arg(bar));
        }
    }

    void whatIsWrittenOutlivesZoomAndFocus() {
        QWidget window;
        auto* view = new ClipView(&window);
        auto* other = new QLineEdit(&window);
        view->setGeometry(0, 0, 900, 400);
        other->setGeometry(0, 400, 900, 30);
        window.resize(900, 440);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        view->setClip(sine(16.0));
        view->setPlan(fourChords());
        QSignalSpy edits(&view->chords(), &ChordEditor::chordsEdited);
        const auto write = [&](int bar, const char* text) {
            view->chords().openBar(bar);
            auto* editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
            if (!editor) qFatal("no editor");
            QTest::keyClicks(editor, text);
            return editor;
        };
        auto* editor = write(2, "Dm7");
        const QRect before = editor->geometry();
        view->timeline().zoomIn();
        QVERIFY(view->chords().isOpen() && editor->hasFocus());
        QCOMPARE(editor->text(), QString("Dm7"));
        QVERIFY(editor->geometry() != before);
        QCOMPARE(editor->x(), static_cast<int>(view->areas().chords.left() + view->timeline().toPixel(2.0)));
        other->setFocus();
        QVERIFY(other->hasFocus()); // the view does not take it back
        QCOMPARE(edits.size(), 1);
        QVERIFY(edits[0][0].toString().startsWith("Am F | Dm7 | G"));
        // Kept also where its bar goes out of sight.
        write(1, "E");
        view->timeline().scrollTo(8.0);
        QVERIFY(!view->chords().isOpen());
        QVERIFY(edits.last()[0].toString().startsWith("E | Dm7 | G"));
    }

    void comparesTwoTakes() {
        ClipView view;
        show(view);
        view.setComparison(ClipView::Comparison::Difference); // nothing to compare with
        QCOMPARE(view.comparison(), ClipView::Comparison::A);
        view.setClip(sine(4.0, 1000.0, 0.5f));
        view.setCompared(sine(4.0, 1000.0, 0.25f), 6.0206);
        QSignalSpy takes(&view, &ClipView::comparisonChanged);
        view.setComparison(ClipView::Comparison::B);
        settle(view);
        const audio::FrequencyAxis mel(audio::FrequencyScale::Mel, 0.0, 12000.0);
        const QRectF area = view.areas().spectrogram;
        const QPointF tone(at(view, 2.0).x(), area.bottom() - mel.positionOf(1000.0) * area.height());
        QVERIFY(std::abs(*view.readoutAt(tone).level + 12.04) < 1.0);
        // As loud as each other, they are the same.
        view.setComparison(ClipView::Comparison::Difference);
        settle(view);
        QVERIFY(std::abs(*view.readoutAt(tone).level) <= 0.5);
        view.setCompared(sine(4.0, 1000.0, 0.25f), 0.0);
        settle(view);
        QVERIFY(std::abs(*view.readoutAt(tone).level + 6.02) < 0.6);
        QCOMPARE(takes.size(), 2);
        view.setCompared(nullptr);
        QCOMPARE(view.comparison(), ClipView::Comparison::A);
    }

    void hasButtonsForIt() {
        ClipView view;
        show(view);
        const auto button = [&](const QString& text) {
            for (auto* one : view.findChildren<QToolButton*>())
                if (one->text() == text) return one;
            return static_cast<QToolButton*>(nullptr);
        };
        view.setClip(sine(4.0));
        QVERIFY(!button(QStringLiteral("B"))->isVisible());
        view.setCompared(sine(4.0, 500.0));
        QVERIFY(button(QStringLiteral("B"))->isVisible());
        QTest::mouseClick(button(QStringLiteral("B")), Qt::LeftButton);
        QCOMPARE(view.comparison(), ClipView::Comparison::B);
        QVERIFY(button(QStringLiteral("B"))->isChecked() && !button(QStringLiteral("A"))->isChecked());
        // The menu sets what it says, and knows what is set.
        const QMenu* menu = view.findChild<QMenu*>();
        QVERIFY(menu);
        QSignalSpy changes(&view, &ClipView::optionsChanged);
        int found = 0;
        for (QAction* action : view.findChildren<QAction*>())
            if (action->text().contains(QStringLiteral("Linear")) || action->text() == QStringLiteral("Viridis")) {
                action->trigger();
                ++found;
            }
        QCOMPARE(found, 2);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(toString(view.options()), QStringLiteral("linear viridis 80 20"));
        QVERIFY(spectrogramOptionsFromString(toString(view.options())) == view.options());
        QVERIFY(spectrogramOptionsFromString(QStringLiteral("nonsense 7")) == SpectrogramOptions{});
    }

    void nothingAtAll() {
        ClipView view;
        show(view, {240, 160});
        view.timeline().zoomIn();
        view.timeline().zoomOut();
        view.timeline().showSelection();
        view.timeline().loopSelection();
        view.timeline().selectFromPlayhead();
        view.timeline().setPlayhead(3.0);
        wheel(view, {100, 80}, 120, Qt::ControlModifier);
        drag(view, {80, 60}, {150, 70});
        QTest::mouseDClick(&view, Qt::LeftButton, {}, {100, 30});
        QVERIFY(!view.grab().isNull());
        view.setClip(std::make_shared<audio::Clip>(audio::Clip{{0.5f}, 24000, 1})); // one sample
        settle(view);
        view.timeline().zoomIn();
        drag(view, {80, 60}, {150, 70});
        view.setClip(nullptr);
        QVERIFY(!view.grab().isNull());
    }

    void stepsOfTime() {
        QCOMPARE(roundStep(0.0011), 0.002);
        QCOMPARE(roundStep(0.3), 0.5);
        QCOMPARE(roundStep(9.0), 10.0);
        QCOMPARE(roundStep(11.0), 15.0);
        QCOMPARE(roundStep(500.0), 600.0);
    }

    void colourMapsGetBrighterEvenly() {
        // CIE lightness from sRGB's relative luminance.
        const auto lightness = [](QRgb colour) {
            const auto linear = [](int value) {
                const double share = value / 255.0;
                return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
            };
            const double y =
                0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
            return y > 0.008856 ? 116.0 * std::cbrt(y) - 16.0 : 903.3 * y;
        };
        for (int map = 0; map < colourMapNames().size(); ++map) {
            const ColourTable table = colourTable(static_cast<ColourMap>(map));
            QCOMPARE(static_cast<int>(colourMapFromString(toString(static_cast<ColourMap>(map)))), map);
            for (std::size_t i = 8; i < 256; ++i)
                QVERIFY2(lightness(table[i]) > lightness(table[i - 8]), qPrintable(QString::number(map)));
        }
        const ColourTable difference = differenceTable();
        for (std::size_t i = 1; i < 127; ++i)
            QVERIFY(std::abs(lightness(difference[128 + i]) - lightness(difference[128 - i])) < 6.0);
    }
};

QTEST_MAIN(ClipViewTest)
#include "ClipViewTest.moc"
