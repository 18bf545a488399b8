#include "tests/app/studio/StudioFixture.h"

#include "tests/support/SoundRecorder.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QToolButton>

using namespace n2m;
using test::longEnough;

/// Which clip is shown, and is the next command about, when one is made, found or brought back.
class FollowingTest : public test::StudioFixture {
    Q_OBJECT

    const QTemporaryDir m_sound;
    const test::SoundRecorder m_recorder{m_sound.path()};

    studio::Studio::Setup setup() const override {
        studio::Studio::Setup setup = StudioFixture::setup();
        setup.model = planningModel();
        return setup;
    }

    QString title() { return child<QLabel>("clipTitle")->text(); }
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
        // The list may be read again before the window hears of it; what would be wrong comes with that.
        QTRY_VERIFY_WITH_TIMEOUT(!m_studio->window().findChild<QProgressBar*>()->isVisible(), longEnough);
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void whoeverGeneratesSeesTheResult() {
        auto* history = child<QListView>("history");
        generate("first");
        generate("second");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        history->setCurrentIndex(history->model()->index(1, 0));
        QCOMPARE(title(), QString("first"));
        generate("third"); // out of the first one, say
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("third"), longEnough);
        // But who looks at something else meanwhile is left with it, and told.
        m_engine->wait = true;
        generate("fourth");
        history->setCurrentIndex(history->model()->index(2, 0));
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
        view().editBar(2);
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
        // And where another clip is chosen in the middle of it.
        QTest::keyClicks(field, "s");
        auto* tags = child<QLineEdit>("tags");
        tags->setFocus();
        QTest::keyClicks(tags, "slow");
        const auto second = library().takes().ids().front();
        child<QListView>("history")->setCurrentIndex(child<QListView>("history")->model()->index(0, 0));
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
        auto* history = child<QListView>("history");
        QTRY_COMPARE(rows(), 1);
        history->setCurrentIndex(history->model()->index(0, 0));
        generate("fast drums", "2"); // which the search leaves out
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("fast drums"), longEnough);
        action("clip.trash")->trigger();
        QVERIFY(!library().takes().find(piano)->trashed);
        QCOMPARE(library().takes().ids(), std::vector<std::int64_t>{piano});
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
    }

    void whatIsBroughtBackIsSelectedAlone() {
        for (const char* prompt : {"first", "second", "third"})
            makeClip(prompt, {});
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(1, 0));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(rows(), 2);
        // To the window, as the keyboard does it: then the list, too, sees that Ctrl is held.
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
        auto* history = child<QListView>("history");
        history->setCurrentIndex(history->model()->index(0, 0));
        QCOMPARE(title(), QString("of another version"));
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().clip()->seconds() == 1.0, longEnough);
        QVERIFY(!view().plan());
    }

    void whatComesIntoThePlaceOfAClipIsSelected() {
        for (const char* prompt : {"first", "second", "third"})
            makeClip(prompt, {});
        auto* history = child<QListView>("history");
        // What is shown, and what is selected.
        const auto place = [&] {
            QStringList titles{title()};
            for (const QModelIndex& row : history->selectionModel()->selectedRows())
                titles << row.data().toString();
            return titles;
        };
        const auto both = [](const char* prompt) { return QStringList{prompt, prompt}; };
        history->setFocus();
        history->setCurrentIndex(history->model()->index(1, 0));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(place(), both("third"));
        action("undo")->trigger();
        QCOMPARE(place(), both("second"));
        action("redo")->trigger();
        QCOMPARE(place(), both("third"));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(place(), both("first"));
        // In the trash, too.
        auto* scope = child<QComboBox>("historyScope");
        scope->setCurrentIndex(scope->count() - 1);
        Q_EMIT scope->activated(scope->currentIndex());
        history->setCurrentIndex(history->model()->index(0, 0));
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
        auto* history = child<QListView>("history");
        history->setCurrentIndex(history->model()->index(1, 0));
        QTRY_VERIFY_WITH_TIMEOUT(notice().contains("no such file"), longEnough);
        history->setCurrentIndex(history->model()->index(0, 0));
        QCOMPARE(notice(), QString());
    }

    void whatIsStillBeingReadPlaysAsSoonAsItIsThere() {
        makeClip("first", "1");
        makeClip("second", "2");
        auto* history = child<QListView>("history");
        const auto choose = [&](int row) { history->setCurrentIndex(history->model()->index(row, 0)); };
        // What was read comes by way of the event loop: no key is later than it here.
        const auto playWhileReading = [&] {
            history->setCurrentIndex({});
            QVERIFY(!view().clip());
            QFile::remove(m_sound.filePath("heard.raw"));
            choose(1);
            action("play")->trigger();
            QVERIFY(view().hint().contains("plays as soon"));
        };
        playWhileReading();
        QTRY_VERIFY_WITH_TIMEOUT(!m_recorder.heard().empty(), longEnough);
        // Not where it was asked for twice, or another clip is chosen meanwhile.
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
        QCOMPARE(view().playhead(), 1.0);
        makeClip("second", "2"); // as long
        QCOMPARE(view().playhead(), 0.0);
    }
};

QTEST_MAIN(FollowingTest)
#include "FollowingTest.moc"
