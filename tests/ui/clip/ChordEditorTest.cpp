#include "ui/clip/ChordEditor.h"
#include "tests/ui/clip/ClipViewFixture.h"

#include "engine/plan/PlanJson.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>

#include <nlohmann/json.hpp>

using namespace n2m;
using namespace n2m::test;
using namespace n2m::ui;
using audio::FrameRange;

class ChordEditorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void editsChords() {
        ClipView view;
        show(view);
        view.setClip(sine(16.0));
        plan::Plan scored = fourChords();
        scored.parts = {plan::Part{}};
        view.setPlan(scored);
        QCOMPARE(view.chords().progression(), QStringLiteral("Am F | C | G | Em | Am F | C | G | Em"));
        QSignalSpy edits(&view.chords(), &ChordEditor::chordsEdited), seeks(&view, &ClipView::seekRequested);
        const QPointF secondBar(view.areas().chords.left() + view.timeline().toPixel(2.7),
                                view.areas().chords.center().y());
        QTest::mouseDClick(&view, Qt::LeftButton, {}, secondBar.toPoint());
        auto* editor = view.findChild<QLineEdit*>(QStringLiteral("chordEditor"));
        QVERIFY(editor && editor->isVisible());
        QCOMPARE(editor->text(), QStringLiteral("C"));
        QTest::keyClicks(editor, "Dmin7 G");
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits[0][0].toString(), QStringLiteral("Am F | Dm7 G | G | Em | Am F | C | G | Em"));
        QCOMPARE(plan::parseProgression(edits[0][0].toString().toStdString()).size(), std::size_t{8});

        // A text that is not a chord keeps the field open, with the reason below it. Esc closes both.
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
        // The plan has the chords in their bars, no score, and is otherwise the same.
        const plan::Plan edited = *view.chords().editedPlan();
        QCOMPARE(progressionOf(barsOf(edited)), view.chords().progression());
        plan::Plan expected = fourChords();
        expected.chords = edited.chords;
        QVERIFY(edited == expected);
        QVERIFY(plan::planFromJson(plan::toJson(edited)).chords == edited.chords);
        QCOMPARE(edited.chords.size(), fourChords().chords.size() + 1);
        QCOMPARE(edited.chords[2].start, 2.0); // with beats of 0.5 s: two of Dm7, two and more of G
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
        // It is kept, too, when its bar goes out of sight.
        write(1, "E");
        view->timeline().scrollTo(8.0);
        QVERIFY(!view->chords().isOpen());
        QVERIFY(edits.last()[0].toString().startsWith("E | Dm7 | G"));
    }
};

QTEST_MAIN(ChordEditorTest)
#include "ChordEditorTest.moc"
