#include "tests/app/studio/StudioFixture.h"
#include "ui/clip/ChordEditor.h"

#include "tests/support/SoundRecorder.h"

#include <QSpinBox>
#include <QToolButton>

using namespace n2m;
using storage::JobState;
using test::longEnough;

/// Keys in the real window, and the widget or command that gets them.
class StudioKeysTest : public test::PlanningStudioFixture {
    Q_OBJECT

    std::optional<test::SoundRecorder> m_recorder;

    /// Sends a key to the focus.
    static void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

private Q_SLOTS:
    void init() {
        m_recorder.emplace();
        begin();
    }
    void cleanup() { end(); }

    void spacePlaysWhatWasGenerated_data() {
        QTest::addColumn<bool>("clicked");
        QTest::newRow("by a click") << true;
        QTest::newRow("by Ctrl+Return") << false;
    }
    void spacePlaysWhatWasGenerated() {
        QFETCH(const bool, clicked);
        prompt()->setFocus();
        QTest::keyClicks(prompt(), "slow piano");
        if (clicked)
            QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        else
            press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        press(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!m_recorder->heard().empty(), longEnough);
        QCOMPARE(library().jobs().list().size(), 1u);
        QCOMPARE(prompt()->toPlainText(), QString("slow piano"));
    }

    void whoeverGoesOnTypingIsLeftInPeace() {
        m_engine->wait = true;
        prompt()->setFocus();
        QTest::keyClicks(prompt(), "slow");
        press(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        QTest::keyClicks(prompt(), " piano");
        m_engine->wait = false;
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        press(Qt::Key_Space);
        QCOMPARE(prompt()->toPlainText(), QString("slow piano "));
    }

    void chordsAreChangedByKey() {
        generate("a song");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().plan() && action("clip.chords")->isEnabled(), longEnough);
        view().setFocus();
        view().timeline().setPlayhead(3.0); // in the second bar of 2 s
        press(Qt::Key_E);
        QTest::keyClicks(QApplication::focusWidget(), "Dm7");
        press(Qt::Key_Tab);
        QTest::keyClicks(QApplication::focusWidget(), "E7");
        press(Qt::Key_Return);
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Am | Dm7 | E7 | G"));
        // Backwards, too; a text that is not a chord keeps the editor open.
        press(Qt::Key_E);
        press(Qt::Key_Backtab);
        QTest::keyClicks(QApplication::focusWidget(), "H");
        press(Qt::Key_Tab);
        QCOMPARE(qobject_cast<QLineEdit*>(QApplication::focusWidget())->text(), QString("H"));
        press(Qt::Key_Escape);
        QCOMPARE(view().chords().progression(), QString("Am | Dm7 | E7 | G"));
    }

    void aNumberLeavesShiftAndALetterToTheWindow() {
        m_engine->wait = true;
        generate("a song");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        auto* variations = child<QSpinBox>("variations");
        variations->setFocus();
        press(Qt::Key_G); // as of a unit behind the number
        QVERIFY(historyList()->isVisible());
        press(Qt::Key_X, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(library().jobs().list().front().state == JobState::Cancelled, longEnough);
        QVERIFY(variations->hasFocus());
    }

    void theClipHasAMenu() {
        generate("a song");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        QCOMPARE(view().contextMenuPolicy(), Qt::ActionsContextMenu);
        for (const char* id : {"play.once", "loop.selection", "zoom.selection", "clip.export"})
            QVERIFY2(view().actions().contains(action(id)), id);
        QVERIFY(!action("zoom.selection")->isEnabled());
        QVERIFY(!action("loop.selection")->isEnabled());
        view().timeline().setSelection({0, 24000});
        QVERIFY(action("zoom.selection")->isEnabled());
        view().setFocus();
        press(Qt::Key_L, Qt::ShiftModifier);
        QVERIFY(view().timeline().loop());
        view().timeline().setSelection({});
        press(Qt::Key_L, Qt::ShiftModifier); // ends it, with or without a selection
        QVERIFY(!view().timeline().loop());
    }

    void whatIsSaidOfKeysFollowsThem() {
        const auto* generate = child<QPushButton>("generate");
        const auto buttons = m_studio->window().findChildren<QToolButton*>();
        const auto play = std::find_if(buttons.begin(), buttons.end(),
                                       [](const QToolButton* button) { return button->accessibleName() == "Play"; });
        QVERIFY(play != buttons.end());
        const auto* hint = child<QLabel>("emptyHint");
        QCOMPARE((*play)->toolTip(), QString("Play or stop (Space)"));
        QCOMPARE(generate->toolTip(), QString("Generate (Ctrl+Return)"));
        QVERIFY(hint->text().contains("Ctrl+Return") && hint->text().contains("Space plays"));
        m_studio->actions().setKeys("play", {QKeySequence("Ctrl+J")});
        m_studio->actions().setKeys("generate", {QKeySequence("F5")});
        QCOMPARE((*play)->toolTip(), QString("Play or stop (Ctrl+J)"));
        QCOMPARE(generate->toolTip(), QString("Generate (F5)"));
        QVERIFY(hint->text().contains("F5") && hint->text().contains("Ctrl+J plays"));
        m_studio->actions().setKeys("play", {});
        QCOMPARE((*play)->toolTip(), QString("Play or stop"));
        QVERIFY(!hint->text().contains("plays"));
    }

    void takesAreSwitchedByKey() {
        generate("one", "1");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        const auto first = view().clip();
        view().setFocus();
        QVERIFY(!action("compare.switch")->isEnabled());
        generate("other", "2");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != first && action("clip.compare")->isEnabled(), longEnough);
        view().setFocus();
        press(Qt::Key_C);
        QVERIFY(view().compared() == first);
        press(Qt::Key_B);
        QCOMPARE(view().comparison(), ui::ClipView::Comparison::B);
        press(Qt::Key_B);
        QCOMPARE(view().comparison(), ui::ClipView::Comparison::A);
        press(Qt::Key_D);
        QCOMPARE(view().comparison(), ui::ClipView::Comparison::Difference);
        press(Qt::Key_D);
        QCOMPARE(view().comparison(), ui::ClipView::Comparison::A);
        press(Qt::Key_C);
        QVERIFY(!action("compare.difference")->isEnabled());
    }

    void deleteInTheQueueIsAboutItsJobs() {
        generate("the clip that is shown", "1");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
        action("queue.pause")->trigger();
        generate("waits", "2");
        auto* queue = queueList();
        const auto clickRow = [queue](int row) {
            QTest::mouseClick(queue->viewport(), Qt::LeftButton, {},
                              queue->visualRect(queue->model()->index(row, 0)).center());
        };
        const auto states = [this] {
            std::vector<JobState> all;
            for (const storage::Job& job : library().jobs().list())
                all.push_back(job.state);
            return all;
        };
        QVERIFY(states() == (std::vector{JobState::Waiting, JobState::Done}));
        clickRow(0);
        press(Qt::Key_Delete);
        QVERIFY(states() == (std::vector{JobState::Cancelled, JobState::Done}));
        clickRow(0);
        press(Qt::Key_Delete);
        QVERIFY(states() == (std::vector{JobState::Done}));
        press(Qt::Key_Delete); // the clip stays, whatever is selected in the queue
        QCOMPARE(rows(), 1);
        QCOMPARE(library().takes().trashCount(), 0u);
    }

    void theQueueIsSortedAndEditedByKey() {
        action("queue.pause")->trigger();
        for (const char* each : {"a", "b", "c"})
            generate(each);
        auto* queue = queueList();
        const auto order = [this] {
            QString prompts;
            for (const storage::Job& job : library().jobs().list())
                prompts += QString::fromStdString(job.prompt);
            return prompts;
        };
        QCOMPARE(order(), QString("abc"));
        queue->setFocus();
        queue->setCurrentIndex(queue->model()->index(2, 0));
        press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(order(), QString("acb"));
        QCOMPARE(queue->currentIndex().row(), 1); // the selection moves with the job
        press(Qt::Key_Up, Qt::AltModifier);
        press(Qt::Key_Up, Qt::AltModifier); // the first stays the first
        QCOMPARE(order(), QString("cab"));
        press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(order(), QString("acb"));
        press(Qt::Key_Down, Qt::AltModifier);
        press(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(order(), QString("abc"));
        press(Qt::Key_Up, Qt::ShiftModifier); // two at once
        press(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(order(), QString("bca"));
        queue->setCurrentIndex(queue->model()->index(2, 0));
        prompt()->clear();
        press(Qt::Key_Return);
        QCOMPARE(prompt()->toPlainText(), QString("a")); // to be edited
    }

    void onlyWhatIsOverCanBeRemovedFromTheQueue() {
        action("queue.pause")->trigger();
        generate("waits");
        auto* queue = queueList();
        const QPoint row = queue->visualRect(queue->model()->index(0, 0)).center();
        QTest::mouseClick(queue->viewport(), Qt::LeftButton, {}, row);
        const auto removable = [&] {
            bool enabled = false;
            QTimer::singleShot(0, this, [&] {
                auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
                if (!menu) qFatal("the menu is missing");
                for (const QAction* entry : menu->actions())
                    if (entry->text() == "Remove from the list") enabled = entry->isEnabled();
                menu->close();
            });
            Q_EMIT queue->customContextMenuRequested(row);
            return enabled;
        };
        QVERIFY(!removable());
        QTest::keyClick(queue, Qt::Key_Delete);
        QVERIFY(removable());
    }
};

QTEST_MAIN(StudioKeysTest)
#include "StudioKeysTest.moc"
