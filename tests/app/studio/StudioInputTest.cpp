#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "engine/request/RequestJson.h"
#include "ui/clip/ChordEditor.h"
#include "ui/widgets/OptionalSpin.h"

#include <QClipboard>
#include <QMenu>
#include <QMimeData>

using namespace n2m;
using test::longEnough;

/// Text and files that the user enters, and the requests made of them.
class StudioInputTest : public test::PlanningStudioFixture {
    Q_OBJECT

    /// Goes into a field by the Tab key and types.
    static void type(QWidget* field, const QString& text) {
        field->setFocus(Qt::TabFocusReason);
        QTest::keyClicks(field, text);
    }
    static void pressGenerate() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier); }
    static QString chordsOf(const Request& request) {
        return request.givenPlan ? ui::progressionOf(ui::barsOf(*request.givenPlan)) : QString();
    }
    Request lastRequest() {
        std::int64_t last = 0;
        for (const storage::Job& job : library().jobs().list())
            last = std::max(last, job.id);
        return last == 0 ? Request() : requestFromJson(library().jobs().find(last)->request);
    }

private Q_SLOTS:
    void init() {
        begin();
        action("queue.pause")->trigger();
        prompt()->setPlainText("slow piano");
    }
    void cleanup() { end(); }

    void whatStandsInAFieldCounts() {
        type(child<QWidget>("bpm"), "90");
        pressGenerate();
        QVERIFY(lastRequest().bpm == 90.0);
        QCOMPARE(child<ui::OptionalSpin>("bpm")->chosen(), std::optional(90.0));
    }

    void aClickIsEnoughToTypeANumber() {
        auto* bpm = child<QAbstractSpinBox>("bpm");
        auto* field = bpm->findChild<QLineEdit*>();
        QTest::mouseClick(field, Qt::LeftButton, {}, field->rect().center());
        QVERIFY(bpm->hasFocus());
        QTest::keyClicks(bpm, "90");
        pressGenerate();
        QCOMPARE(lastRequest().bpm.value_or(0.0), 90.0);
    }

    void whatStandsUnderAdvancedCounts() {
        QWidget* steps = nullptr;
        for (auto* spin : m_studio->window().findChildren<ui::OptionalSpin*>())
            if (spin->accessibleName() == "Steps, Spectrogram") steps = spin;
        QVERIFY(steps);
        type(steps, "12");
        QTest::mouseClick(child<QPushButton>("generate"), Qt::LeftButton);
        QCOMPARE(lastRequest().stages.size(), 1u);
        QVERIFY(lastRequest().stages[0].steps == 12);
    }

    void anOpenChordEditorCounts() {
        showAClip();
        view().chords().openBar(2);
        QTest::keyClicks(QApplication::focusWidget(), "Dm7");
        pressGenerate();
        QCOMPARE(chordsOf(lastRequest()), QString("Am | Dm7 | C | G"));
    }

    void wrongChordsAreNotPassedOver() {
        showAClip();
        const std::size_t jobs = library().jobs().list().size();
        view().chords().openBar(2);
        QTest::keyClicks(QApplication::focusWidget(), "H#x");
        pressGenerate();
        QCOMPARE(library().jobs().list().size(), jobs);
        QVERIFY(child<QLabel>("promptProblem")->isVisible());
        QCOMPARE(child<QLineEdit>("chordEditor")->text(),
                 QString("H#x")); // still open, so that the user can correct it
    }

    void aSeedThatIsTooLargeIsRefused() {
        auto* seed = child<QLineEdit>("seed");
        type(seed, "18446744073709551616");
        pressGenerate();
        QVERIFY(library().jobs().list().empty());
        QVERIFY(child<QLabel>("promptProblem")->text().contains("18446744073709551615"));
        seed->clear();
        type(seed, "18446744073709551615");
        pressGenerate();
        QCOMPARE(lastRequest().seed, std::numeric_limits<std::uint64_t>::max());
    }

    void anotherChordLeavesTheRestOfTheClip() {
        child<QDoubleSpinBox>("seconds")->setValue(6.0);
        showAClip();
        child<QDoubleSpinBox>("seconds")->setValue(20.0);
        prompt()->setPlainText("something else");
        child<QLineEdit>("seed")->clear();
        const auto writeChord = [this](int bar, const QString& chord) {
            view().chords().openBar(bar);
            QTest::keyClicks(QApplication::focusWidget(), chord);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        };
        writeChord(2, "Dm7");
        pressGenerate();
        const Request request = lastRequest();
        QCOMPARE(request.prompt, std::string("a song"));
        QCOMPARE(request.seed, 7u);
        QCOMPARE(request.seconds, 6.0);
        QCOMPARE(chordsOf(request), QString("Am | Dm7 | C"));
        QVERIFY(request.givenPlan->sections == view().plan()->sections);
        // Settings that were changed between two chords stay changed.
        prompt()->setPlainText("a slow song");
        writeChord(3, "E7");
        pressGenerate();
        QCOMPARE(prompt()->toPlainText(), QString("a slow song"));
        QCOMPARE(chordsOf(lastRequest()), QString("Am | Dm7 | E7"));
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Am | Dm7 | E7")); // for when the plan is dropped
    }

    // "Use all", then another length: the plan gets the length of the clip.
    void aKeptPlanIsAsLongAsTheClip() {
        child<QDoubleSpinBox>("seconds")->setValue(10.0);
        showAClip();
        action("clip.useAll")->trigger();
        const auto planFor = [this](double seconds) {
            child<QDoubleSpinBox>("seconds")->setValue(seconds);
            pressGenerate();
            return lastRequest().givenPlan.value_or(plan::Plan());
        };
        const plan::Plan longer = planFor(25.0);
        QCOMPARE(longer.seconds, 25.0);
        QCOMPARE(ui::progressionOf(ui::barsOf(longer)),
                 QString("Am | F | C | G | Am | Am | F | C | G | Am | Am | F | C"));
        const plan::Plan shorter = planFor(5.0);
        QCOMPARE(shorter.seconds, 5.0);
        QCOMPARE(shorter.beats.size(), std::size_t(10));
        QVERIFY(planFor(10.0) == *view().plan());
    }

    // Kept music ignores another prompt; a line tells the user so.
    void keptMusicOfAnotherPromptIsSaid() {
        showAClip();
        action("clip.useAll")->trigger();
        auto* line = child<QWidget>("keptMusic");
        QVERIFY(!line->isVisible());
        prompt()->setPlainText("fast drums");
        QVERIFY(line->isVisible());
        QVERIFY(line->findChild<QLabel*>()->text().contains("a song"));
        pressGenerate();
        QVERIFY(lastRequest().givenPlan.has_value());
        prompt()->setPlainText("a song ");
        QVERIFY(!line->isVisible());
        prompt()->setPlainText("fast drums");
        restart();
        line = child<QWidget>("keptMusic");
        QTRY_VERIFY(line->isVisible());
        QTest::mouseClick(line->findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(!line->isVisible());
        prompt()->setFocus();
        pressGenerate();
        QCOMPARE(lastRequest().prompt, std::string("fast drums"));
        QVERIFY(!lastRequest().givenPlan.has_value());
    }

    // A job that is edited replaces the draft in the panels; afterwards the draft comes back, saved or not.
    void editingAJobLeavesTheDraft_data() {
        QTest::addColumn<bool>("saved");
        QTest::newRow("saved") << true;
        QTest::newRow("left as it was") << false;
    }
    void editingAJobLeavesTheDraft() {
        QFETCH(const bool, saved);
        child<QDoubleSpinBox>("seconds")->setValue(20.0);
        generate("what waits", "5");
        ui::OptionalSpin* steps = nullptr;
        for (auto* spin : m_studio->window().findChildren<ui::OptionalSpin*>())
            if (spin->accessibleName() == "Steps, Spectrogram") steps = spin;
        QVERIFY(steps);
        prompt()->setPlainText("half a thought");
        child<QPlainTextEdit>("negativePrompt")->setPlainText("drums");
        child<QLineEdit>("seed")->setText("77");
        child<QLineEdit>("chords")->setText("Am F");
        steps->choose(12.0);
        child<QDoubleSpinBox>("seconds")->setValue(40.0);

        auto* queue = queueList();
        queue->setCurrentIndex(queue->model()->index(0, 0));
        Q_EMIT queue->activated(queue->currentIndex());
        QCOMPARE(prompt()->toPlainText(), QString("what waits"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 20.0);
        QCOMPARE(child<QLineEdit>("chords")->text(), QString());
        if (saved) {
            prompt()->setPlainText("what is to wait");
            pressGenerate();
            QCOMPARE(lastRequest().prompt, std::string("what is to wait"));
            QCOMPARE(lastRequest().seed, 5u);
            QCOMPARE(library().jobs().waiting(), 1);
        } else {
            child<QToolButton>("stopEditing")->click();
        }
        QCOMPARE(prompt()->toPlainText(), QString("half a thought"));
        QCOMPARE(child<QPlainTextEdit>("negativePrompt")->toPlainText(), QString("drums"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("77"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 40.0);
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Am F"));
        QCOMPARE(steps->chosen(), std::optional(12.0));
    }

    void theHistoryIsWalkedFromWhatStandsThere() {
        for (const char* used : {"first", "second", "third"})
            library().prompts().remember(used);
        prompt()->setFocus();
        prompt()->setPlainText("draft");
        const auto walk = [this](Qt::Key key) {
            QTest::keyClick(prompt(), key, Qt::AltModifier);
            return prompt()->toPlainText();
        };
        QCOMPARE(walk(Qt::Key_Up), QString("third"));
        QCOMPARE(walk(Qt::Key_Up), QString("second"));
        // A changed prompt becomes the draft: the newest prompt comes before it, and the walk leads back to it.
        QTest::keyClicks(prompt(), " thought");
        QCOMPARE(walk(Qt::Key_Down), QString("second thought"));
        QCOMPARE(walk(Qt::Key_Up), QString("third"));
        QCOMPARE(walk(Qt::Key_Up), QString("second"));
        QCOMPARE(walk(Qt::Key_Down), QString("third"));
        QCOMPARE(walk(Qt::Key_Down), QString("second thought"));
    }

    void usingAnEarlierPromptMakesItTheNewest() {
        for (const char* used : {"first", "second", "third"})
            library().prompts().remember(used);
        prompt()->setFocus();
        prompt()->setPlainText("draft");
        const auto walk = [this](Qt::Key key) {
            QTest::keyClick(prompt(), key, Qt::AltModifier);
            return prompt()->toPlainText();
        };
        for (int i = 0; i < 3; ++i)
            walk(Qt::Key_Up);
        QCOMPARE(prompt()->toPlainText(), QString("first"));
        pressGenerate();
        QCOMPARE(walk(Qt::Key_Up), QString("third"));
        QCOMPARE(walk(Qt::Key_Down), QString("first"));
        QCOMPARE(walk(Qt::Key_Down), QString("draft"));
    }

    void filesDroppedOnATextAreImported_data() {
        QTest::addColumn<QString>("field");
        for (const char* field : {"prompt", "negativePrompt", "notes", "seed", "bpm", "historySearch"})
            QTest::newRow(field) << field;
    }
    void filesDroppedOnATextAreImported() {
        QFETCH(const QString, field);
        showAClip();
        action("clip.facts")->trigger();
        const QString file = m_folder->filePath("dropped.wav");
        audio::writeSoundFile(file.toStdString(), test::tone(0.5));
        auto* widget = child<QWidget>(field.toLatin1());
        QWidget* inner = widget->childAt(widget->rect().center()); // a viewport, or the field of a spin box
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        data.setText(data.urls().front().toString());
        drop(inner ? inner : widget, data);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        QCOMPARE(prompt()->toPlainText(), QString("a song"));
        QCOMPARE(child<QPlainTextEdit>("notes")->toPlainText(), QString());
    }

    void filesPastedIntoATextAreImported_data() { filesDroppedOnATextAreImported_data(); }
    void filesPastedIntoATextAreImported() {
        QFETCH(const QString, field);
        showAClip();
        action("clip.facts")->trigger();
        copyAFile();
        auto* widget = child<QWidget>(field.toLatin1());
        widget->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        QCOMPARE(prompt()->toPlainText(), QString("a song"));
        QCOMPARE(child<QPlainTextEdit>("notes")->toPlainText(), QString());
        QCOMPARE(child<QLineEdit>("historySearch")->text(), QString());
    }

    void filesPastedByTheMenuOfATextAreImported_data() {
        QTest::addColumn<QString>("field");
        for (const char* field : {"prompt", "historySearch"})
            QTest::newRow(field) << field;
    }
    void filesPastedByTheMenuOfATextAreImported() {
        QFETCH(const QString, field);
        copyAFile();
        auto* widget = child<QWidget>(field.toLatin1());
        widget->setFocus();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, widget->mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(widget, &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        const QList<QAction*> actions = menu->actions();
        const auto paste = std::find_if(actions.begin(), actions.end(),
                                        [](const QAction* one) { return one->text().endsWith("\tCtrl+V"); });
        QVERIFY(paste != actions.end());
        (*paste)->trigger();
        menu->close();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QCOMPARE(prompt()->toPlainText(), QString("slow piano"));
        QCOMPARE(child<QLineEdit>("historySearch")->text(), QString());
    }

    void wordsAreStillPasted() {
        QApplication::clipboard()->setText("very ");
        prompt()->setFocus();
        prompt()->moveCursor(QTextCursor::Start);
        QTest::keyClick(prompt(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(prompt()->toPlainText(), QString("very slow piano"));
    }

    void wordsCanStillBeDropped() {
        QMimeData data;
        data.setText("very ");
        drop(prompt()->viewport(), data);
        QVERIFY(prompt()->toPlainText().contains("very "));
    }

    void theFilesOfADroppedFolderAreImported() {
        QVERIFY(QDir(m_folder->path()).mkpath("dropped/deeper"));
        for (const char* name : {"one.wav", "deeper/two.flac"})
            audio::writeSoundFile(m_folder->filePath(QString("dropped/") + name).toStdString(), test::tone(0.5));
        QFile text(m_folder->filePath("dropped/notes.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.close();
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_folder->filePath("dropped"))});
        drop(prompt()->viewport(), data);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        QCOMPARE(notice(), QString("2 files imported."));
    }

private:
    /// Sends the events of a drop: the widget that accepts the first gets the others.
    static void drop(QWidget* widget, const QMimeData& data) {
        const QPoint place = widget->rect().center();
        QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &move);
        QDropEvent event(place, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(widget, &event);
    }

    /// Puts a file on the clipboard, as a file manager does.
    void copyAFile() {
        const QString file = m_folder->filePath("copied.wav");
        audio::writeSoundFile(file.toStdString(), test::tone(0.5));
        auto* data = new QMimeData;
        data->setUrls({QUrl::fromLocalFile(file)});
        data->setText(file);
        QApplication::clipboard()->setMimeData(data);
    }

    void showAClip() {
        action("queue.pause")->trigger();
        generate("a song", "7");
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() && view().plan(), longEnough);
        action("queue.pause")->trigger();
    }
};

QTEST_MAIN(StudioInputTest)
#include "StudioInputTest.moc"
