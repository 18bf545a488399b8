#include "tests/app/studio/StudioFixture.h"
#include "ui/clip/ChordEditor.h"

#include "tests/support/SoundRecorder.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QToolButton>

using namespace n2m;
using test::longEnough;

/// The clip that is shown, and that the next command is about, after one was made, found or restored.
class FollowingTest : public test::PlanningStudioFixture {
    Q_OBJECT

    test::SoundRecorder m_recorder;

    QString titleOf(std::int64_t take) { return QString::fromStdString(library().takes().find(take)->title); }

    /// Makes a clip and begins another, which waits in its middle.
    void makeOneAndBeginAnother() {
        makeClip("first", "1");
        m_engine->wait = true;
        generate("second", "2");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        QCOMPARE(title(), QString("first"));
    }
    void finishTheOther() {
        const int before = rows();
        m_engine->wait = false;
        QTRY_COMPARE_WITH_TIMEOUT(rows(), before + 1, longEnough);
        // The list may be read again before the window is told; a wrong clip would be shown only then.
        QTRY_VERIFY_WITH_TIMEOUT(!m_studio->window().findChild<QProgressBar*>()->isVisible(), longEnough);
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void whoeverGeneratesSeesTheResult() {
        generate("first");
        generate("second");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        choose(1);
        QCOMPARE(title(), QString("first"));
        generate("third"); // from the settings of the first
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("third"), longEnough);
        // A user who looks at another clip meanwhile keeps it, and gets a notice.
        m_engine->wait = true;
        generate("fourth");
        choose(2);
        QCOMPARE(title(), QString("first"));
        finishTheOther();
        QCOMPARE(title(), QString("first"));
        QCOMPARE(notice(), QString("“fourth” is ready."));
        QTest::mouseClick(m_studio->window().notice().findChild<QPushButton*>(), Qt::LeftButton);
        QCOMPARE(title(), QString("fourth"));
    }

    void whatIsHeardStays() {
        makeOneAndBeginAnother();
        QTRY_VERIFY_WITH_TIMEOUT(view().clip(), longEnough);
        action("loop")->trigger();
        action("play")->trigger();
        finishTheOther();
        QCOMPARE(title(), QString("first"));
        QCOMPARE(notice(), QString("“second” is ready."));
        action("play")->trigger();
    }

    void chordsThatAreBeingWrittenStay() {
        makeOneAndBeginAnother();
        view().chords().openBar(2);
        QTest::keyClicks(QApplication::focusWidget(), "Dm7");
        finishTheOther();
        QCOMPARE(title(), QString("first"));
        auto* editor = child<QLineEdit>("chordEditor");
        QVERIFY(editor->isVisible() && editor->hasFocus());
        QCOMPARE(editor->text(), QString("Dm7"));
    }

    void aTitleThatIsBeingWrittenStaysWithItsClip() {
        makeOneAndBeginAnother();
        const auto first = library().takes().ids().front();
        action("clip.facts")->trigger();
        auto* field = child<QLineEdit>("title");
        field->setFocus();
        QTest::keyClicks(field, "Evening");
        finishTheOther();
        QTest::keyClicks(field, " song");
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(titleOf(first), QString("Evening song"));
        // The same where another clip is chosen meanwhile.
        QTest::keyClicks(field, "s");
        auto* tags = child<QLineEdit>("tags");
        tags->setFocus();
        QTest::keyClicks(tags, "slow");
        const auto second = library().takes().ids().front();
        choose(0);
        QCOMPARE(title(), QString("second"));
        QTest::keyClick(tags, Qt::Key_Return);
        QCOMPARE(titleOf(first), QString("Evening songs"));
        QCOMPARE(library().takes().find(first)->tags, std::vector<std::string>{"slow"});
        QVERIFY(library().takes().find(second)->tags.empty());
        QCOMPARE(titleOf(second), QString());
    }

    void commandsAreAboutWhatIsShown() {
        makeClip("slow piano", "1");
        const auto piano = library().takes().ids().front();
        child<QLineEdit>("historySearch")->setText("piano");
        QTRY_COMPARE(rows(), 1);
        choose(0);
        generate("fast drums", "2"); // the search does not find it
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("fast drums"), longEnough);
        action("clip.trash")->trigger();
        QVERIFY(!library().takes().find(piano)->trashed);
        QCOMPARE(library().takes().ids(), std::vector<std::int64_t>{piano});
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
    }

    void whatIsBroughtBackIsSelectedAlone() {
        for (const char* prompt : {"first", "second", "third"})
            makeClip(prompt, {});
        auto* history = historyList();
        focusRow(1);
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(rows(), 2);
        // Sent to the window as by the keyboard, so that the list sees that Ctrl is held, too.
        QTest::keyClick(m_studio->window().windowHandle(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(rows(), 3);
        QCOMPARE(title(), QString("second"));
        QCOMPARE(history->selectionModel()->selectedRows().size(), 1);
    }

    void aPlanThatCannotBeReadIsNone() {
        makeClip("first", "1");
        QVERIFY(view().plan());
        storage::Take other;
        other.prompt = "of another version";
        other.recipe = R"({"format": "noise2music recipe 1", "plan": {"bpm": "fast"}})";
        storage::Library(library().folder()).takes().add(test::tone(1.0), other);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        choose(0);
        QCOMPARE(title(), QString("of another version"));
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip()->seconds() == 1.0, longEnough);
        QVERIFY(!view().plan());
    }

    void whatComesIntoThePlaceOfAClipIsSelected() {
        for (const char* prompt : {"first", "second", "third"})
            makeClip(prompt, {});
        auto* history = historyList();
        // The titles of the shown and of the selected clips.
        const auto place = [&] {
            QStringList titles{title()};
            for (const QModelIndex& row : history->selectionModel()->selectedRows())
                titles << row.data().toString();
            return titles;
        };
        const auto both = [](const char* prompt) { return QStringList{prompt, prompt}; };
        focusRow(1);
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(place(), both("third"));
        action("undo")->trigger();
        QCOMPARE(place(), both("second"));
        action("redo")->trigger();
        QCOMPARE(place(), both("third"));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(place(), both("first"));
        // The same in the trash.
        showScope(-1);
        choose(0);
        QCOMPARE(place(), both("third"));
        QTest::keyClick(history, Qt::Key_Insert);
        QCOMPARE(place(), both("second"));
        action("undo")->trigger();
        QCOMPARE(place(), both("third"));
    }

    void whatIsWrongWithAClipIsSaidWhileItIsShown() {
        makeClip("first", "1");
        const auto file = library().takes().pathOf(library().takes().page(library().takes().ids()).front());
        makeClip("second", "2");
        std::filesystem::rename(file, file.string() + ".away");
        choose(1);
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("no such file"), longEnough);
        choose(0);
        QCOMPARE(notice(), QString());
    }

    void whatIsStillBeingReadPlaysAsSoonAsItIsThere() {
        makeClip("first", "1");
        makeClip("second", "2");
        auto* history = historyList();
        // The loaded clip comes with the event loop, so each key below comes before it.
        const auto playWhileReading = [&] {
            history->setCurrentIndex({});
            QVERIFY(!view().clip());
            m_recorder.clear();
            choose(1);
            action("play")->trigger();
            QVERIFY(view().hint().contains("plays as soon"));
        };
        playWhileReading();
        QTRY_VERIFY_WITH_TIMEOUT(!m_recorder.heard().empty(), longEnough);
        // It does not play after a second press, nor if another clip was chosen meanwhile.
        playWhileReading();
        action("play")->trigger();
        QCOMPARE(view().hint(), QString("Reading …"));
        QTRY_VERIFY_WITH_TIMEOUT(view().clip(), longEnough);
        playWhileReading();
        choose(0);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip(), longEnough);
        QTest::qWait(100);
        QVERIFY(m_recorder.heard().empty());
    }

    void aNewClipIsHeardFromItsBeginning() {
        makeClip("first", "1");
        Q_EMIT view().seekRequested(1.0);
        QCOMPARE(view().timeline().playhead(), 1.0);
        makeClip("second", "2"); // as long
        QCOMPARE(view().timeline().playhead(), 0.0);
    }
};

QTEST_MAIN(FollowingTest)
#include "FollowingTest.moc"
