#include "tests/app/studio/StudioFixture.h"

#include "app/studio/Checks.h"
#include "engine/audio/SoundFile.h"
#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"

#include <QComboBox>
#include <QInputDialog>
#include <QMessageBox>
#include <QProgressBar>

using namespace n2m;
using test::longEnough;

/// What the window does with the clips that are there, and what of it stays as it was left.
class StudioTest : public test::StudioFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void trashAndUndo() {
        generate("to be deleted");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        const auto path = library().takes().pathOf(*library().takes().find(library().takes().ids().front()));
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(0, 0));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(rows(), 0);
        QVERIFY(!std::filesystem::exists(path));
        QTest::keyClick(&m_studio->window(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(rows(), 1);
        QVERIFY(std::filesystem::exists(path));
    }

    void afterDeletingTheNeighbourIsChosen() {
        for (const char* prompt : {"first", "second", "third"})
            generate(prompt);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 3, longEnough);
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(1, 0));
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(rows(), 2);
        const auto selected = history->selectionModel()->selectedRows();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.front().data().toString(), child<QLabel>("clipTitle")->text());
        // What is brought back is shown. Undone by key: the button that offers it would undo one more.
        const QString deleted = child<QLabel>("clipTitle")->text();
        QTest::keyClick(history, Qt::Key_Delete);
        QVERIFY(m_studio->window().notice().text().contains("trash"));
        QVERIFY(child<QLabel>("clipTitle")->text() != deleted);
        QTest::keyClick(history, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(rows(), 2);
        QCOMPARE(child<QLabel>("clipTitle")->text(), deleted);
        QCOMPARE(notice(), QString("Undone: moving to the trash."));
    }

    void factsSayHowTheClipWasMade() {
        generate("a song");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_COMPARE(child<QLabel>("factStages")->text(),
                     QString("Spectrogram: 24 steps, DPM++ 2M, uniform, guidance 2.5, temperature 0.7"));
    }

    void warningsAreSaidUnaskedToo() {
        using ui::Check;
        const Check good{"Model", Check::State::Good, "a model"}, bad{"Model", Check::State::Bad, "no model"};
        const Check warning{"Library", Check::State::Warning, "hardly any room"};
        QCOMPARE(studio::complaintOf({good}), QString());
        QCOMPARE(studio::complaintOf({good, warning}), QString("hardly any room"));
        QCOMPARE(studio::complaintOf({warning, bad}), QString("no model\nhardly any room"));
        // This first start has no model, and says so.
        QVERIFY(m_studio->window().notice().text().contains("No model was found"));
    }

    void newsOnlyCoversAnError() {
        auto& notice = m_studio->window().notice();
        notice.showError("something is wrong");
        const int news = notice.showNews("something is new");
        QCOMPARE(notice.text(), QString("something is new"));
        notice.withdraw(news);
        QCOMPARE(notice.text(), QString("something is wrong"));
        notice.withdraw(news); // long gone: the error stays
        QCOMPARE(notice.text(), QString("something is wrong"));
        bool done = false;
        notice.showNews("something is new", "Do it", [&] { done = true; });
        QTest::mouseClick(notice.findChild<QPushButton*>(), Qt::LeftButton);
        QVERIFY(done);
        QCOMPARE(notice.text(), QString("something is wrong"));
        QTest::mouseClick(notice.findChild<QToolButton*>(), Qt::LeftButton);
        QCOMPARE(notice.text(), QString());
    }

    void anErrorThatWasReadDoesNotComeBack() {
        auto& notice = m_studio->window().notice();
        QPushButton* button = notice.findChild<QPushButton*>();
        const auto readAndCover = [&] {
            QTest::qWait(2100); // as long as it takes to read a line
            QTest::mouseClick(&m_studio->window(), Qt::LeftButton);
            notice.withdraw(notice.showNews("something is new"));
        };
        const int error = notice.showError("something is wrong");
        notice.withdraw(notice.showNews("something is new"));
        QCOMPARE(notice.text(), QString("something is wrong"));
        readAndCover();
        QCOMPARE(notice.text(), QString());
        // What can be done about it is not lost.
        notice.showError("something can be mended", "Mend it", [] {});
        readAndCover();
        QCOMPARE(notice.text(), QString("something can be mended"));
        QVERIFY(button->isVisible());
        notice.withdraw(error); // long gone
        QCOMPARE(notice.text(), QString("something can be mended"));
    }

    void keysMarkTheClip() {
        generate("to be marked");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(0, 0));
        QTest::keyClick(history, Qt::Key_Period);
        QTest::keyClick(history, Qt::Key_4);
        const auto take = library().takes().find(library().takes().ids().front());
        QVERIFY(take->starred);
        QCOMPARE(take->rating, 4);
    }

    void whatIsSaidOfAClipCanBeUndone() {
        makeClip("to be marked", "7");
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(0, 0));
        const auto marks = [this] { return library().takes().marksOf(library().takes().ids()).front(); };
        const auto plain = marks();
        QVERIFY(!action("undo")->isEnabled());
        QTest::keyClick(history, Qt::Key_0); // it has no rating: nothing that could be undone
        QVERIFY(!action("undo")->isEnabled());

        QTest::keyClick(history, Qt::Key_Period);
        QTest::keyClick(history, Qt::Key_4);
        action("clip.facts")->trigger();
        write("title", "Evening");
        write("tags", "slow, for the film");
        const auto film = library().takes().createBoard("film");
        Q_EMIT m_studio->window().findChild<ui::HistoryPanel*>()->boardChosen(film);
        const auto marked = marks();
        QVERIFY(marked.starred);
        QCOMPARE(marked.boards, std::vector<std::int64_t>{film});

        history->setFocus();
        QStringList undone;
        while (action("undo")->isEnabled()) {
            QTest::keyClick(history, Qt::Key_Z, Qt::ControlModifier);
            undone << notice();
        }
        QCOMPARE(undone, (QStringList{"Undone: putting on a board.", "Undone: the tags.", "Undone: the title.",
                                      "Undone: the rating.", "Undone: the star."}));
        QVERIFY(marks() == plain);
        QCOMPARE(child<QLabel>("clipTitle")->text(), QString("to be marked"));
        QVERIFY(!history->model()->index(0, 0).data(ui::HistoryModel::StarredRole).toBool());
        while (action("redo")->isEnabled())
            action("redo")->trigger();
        QVERIFY(marks() == marked);
        QCOMPARE(child<QLabel>("clipTitle")->text(), QString("Evening"));
    }

    void whatIsTakenOutOfTheTrashCanBePutBack() {
        makeClip("to and fro", "7");
        action("clip.trash")->trigger();
        auto* scope = child<QComboBox>("historyScope");
        scope->setCurrentIndex(scope->findText("Trash (1)"));
        Q_EMIT scope->activated(scope->currentIndex());
        auto* history = child<QListView>("history");
        history->setCurrentIndex(history->model()->index(0, 0));
        action("clip.restore")->trigger();
        QCOMPARE(library().takes().trashCount(), std::size_t{0});
        action("undo")->trigger();
        QCOMPARE(notice(), QString("Undone: taking out of the trash."));
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
        QCOMPARE(rows(), 1);
    }

    void keysInTheTextStayInTheText() {
        auto* edit = child<QPlainTextEdit>("prompt");
        edit->setFocus();
        QTest::keyClicks(edit, "a. p[5] s?");
        QCOMPARE(edit->toPlainText(), QString("a. p[5] s?"));
    }

    void settingsComeBack() {
        generate("a long lost song", "99");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        generate("something else", "1");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(1, 0));
        QTRY_VERIFY(action("clip.useAll")->isEnabled());
        QTest::keyClick(history, Qt::Key_A);
        QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("a long lost song"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("99"));
        QTest::keyClick(history, Qt::Key_R);
        QCOMPARE(child<QLineEdit>("seed")->text(), QString());
    }

    void searchFinds() {
        generate("slow piano", "1");
        generate("fast drums", "2");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* search = child<QLineEdit>("historySearch");
        search->setText("piano");
        QTRY_COMPARE(rows(), 1);
        search->setText("seed:2");
        QTRY_COMPARE(rows(), 1);
        search->setText("tempo:fast");
        QTRY_VERIFY(child<QLabel>("historyProblem")->isVisible());
        search->clear();
        QTRY_COMPARE(rows(), 2);
        QVERIFY(!child<QLabel>("historyProblem")->isVisible());
    }

    void importBringsTheSettingsBack() {
        const Generation made = [&] {
            Request request;
            request.prompt = "from elsewhere";
            request.seed = 12;
            request.seconds = 1.0;
            class Silent : public Monitor {
                void step(const Progress&) override {}
            } silent;
            return (*m_engine)(request, silent);
        }();
        audio::Metadata metadata;
        metadata.recipe = made.recipe;
        const QString file = m_folder->filePath("elsewhere.wav");
        audio::writeSoundFile(file.toStdString(), made.clip, audio::SampleFormat::Float32, metadata);
        m_studio->open({file});
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_COMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), QString("from elsewhere"));
        QCOMPARE(child<QLineEdit>("seed")->text(), QString("12"));
    }

    void aLibraryThatLostItsDatabaseIsRebuiltByAButton() {
        makeClip("a song", "7");
        m_studio.reset();
        for (const char* name : {"library.db", "library.db-wal", "library.db-shm"})
            QFile::remove(m_folder->filePath("library/") + name);
        open();
        QCOMPARE(rows(), 0);
        QVERIFY(notice().contains("does not know"));
        auto* button = m_studio->window().notice().findChild<QPushButton*>();
        QCOMPARE(button->text(), QString("Rebuild the library"));
        button->click();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
    }

    void rebuildFindsWhatWasPutIntoTheFolder() {
        const QString folder = m_folder->filePath("library/clips/2026-01");
        QVERIFY(QDir().mkpath(folder));
        audio::writeSoundFile((folder + "/found.flac").toStdString(), test::tone(0.5));
        action("library.rebuild")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY(m_studio->window().notice().text().contains("1 new"));
    }

    void verifySaysIdentical() {
        generate("again", "8");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        action("clip.verify")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_studio->window().notice().text().startsWith("Identical"), longEnough);
    }

    void verifyShowsItsOwnProgressAndIsCancelled() {
        generate("again", "8");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        m_studio.reset(); // so that nothing has run yet
        open();
        auto* history = child<QListView>("history");
        history->setCurrentIndex(history->model()->index(0, 0));
        QTRY_VERIFY(action("clip.verify")->isEnabled());
        const auto* bar = m_studio->window().findChild<QProgressBar*>();
        for (int time = 0; time < 2; ++time) { // and once more: what was cancelled cancels nothing else
            m_engine->wait = true;
            m_engine->running = false;
            action("clip.verify")->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
            QTRY_VERIFY(child<QLabel>("progressText")->text().contains("step 2"));
            QVERIFY(bar->isVisible() && bar->maximum() > 0 && bar->value() < bar->maximum());
            action("queue.cancelRunning")->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(m_studio->window().notice().text().startsWith("Cancelled"), longEnough);
            QTRY_VERIFY(!bar->isVisible());
            m_engine->wait = false;
            generate("in between"); // which ends at 100 %
            QTRY_COMPARE_WITH_TIMEOUT(rows(), 2 + time, longEnough);
            history->setCurrentIndex(history->model()->index(0, 0));
        }
        m_engine->wait = false;
        action("clip.verify")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_studio->window().notice().text().startsWith("Identical"), longEnough);
    }

    void boardsAreChosenByKey() {
        makeClip("a song", "7");
        storage::TakeStore& takes = library().takes();
        takes.createBoard("film");
        takes.createBoard("\"last\" & night");
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(0, 0));
        QTest::keyClick(history, Qt::Key_B, Qt::ShiftModifier);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(takes.boards().at(0).takes == 1);
        QCOMPARE(notice(), QString("“a song” is on the board “\"last\" & night”."));
        // It has a tick there now, as long as all the clips that are selected are on it.
        const auto ticks = [&] {
            action("clip.board")->trigger();
            menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu) qFatal("no menu");
            return std::pair(menu->actions().at(0)->isChecked(), menu->actions().at(1)->isChecked());
        };
        QVERIFY(ticks() == std::pair(true, false));
        menu->close();
        makeClip("another", "8");
        history->setFocus();
        history->selectAll();
        QVERIFY(ticks() == std::pair(false, false));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(takes.boards().at(0).takes, 2);
        QVERIFY(ticks() == std::pair(true, false));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(takes.boards().at(0).takes, 0);
        QCOMPARE(notice(), QString("2 clips are on the board “\"last\" & night” no more."));
        action("undo")->trigger();
        QCOMPARE(takes.boards().at(0).takes, 2);
        // The same menu is in the one of clips.
        const auto menus = m_studio->window().findChildren<QMenu*>();
        QVERIFY(std::any_of(menus.begin(), menus.end(), [this](const QMenu* each) {
            return each->title() == "&Clip" && each->actions().contains(action("clip.board"));
        }));
        QVERIFY(action("clip.board")->menu<QMenu*>());
    }

    void theTrashHasButtonsAndAKey() {
        makeClip("a song", "7");
        auto* history = child<QListView>("history");
        history->setFocus();
        history->setCurrentIndex(history->model()->index(0, 0));
        QVERIFY(!child<QToolButton>("clip.restore")->isVisible());
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
        auto* scope = child<QComboBox>("historyScope");
        scope->setCurrentIndex(scope->count() - 1);
        Q_EMIT scope->activated(scope->currentIndex());
        QCOMPARE(rows(), 1);
        QVERIFY(child<QToolButton>("clip.restore")->isVisible());
        QVERIFY(child<QToolButton>("trash.empty")->isVisible() && child<QToolButton>("trash.empty")->isEnabled());
        history->setCurrentIndex(history->model()->index(0, 0));
        QTest::keyClick(history, Qt::Key_Insert);
        QCOMPARE(library().takes().trashCount(), std::size_t{0});
        QVERIFY(!child<QToolButton>("trash.empty")->isEnabled());
    }

    void boardsAreRenamedAndDeleted() {
        generate("on a board");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        storage::TakeStore& takes = library().takes();
        takes.addToBoard(takes.createBoard("night"), takes.ids());
        generate("on none");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* scope = child<QComboBox>("historyScope");
        auto* button = child<QToolButton>("boardActions");
        QVERIFY(!button->isVisible());
        const auto shown = [&](const QString& text) {
            scope->setCurrentIndex(scope->findText(text));
            Q_EMIT scope->activated(scope->currentIndex());
        };
        shown("night (1)");
        QTRY_COMPARE(rows(), 1);
        QVERIFY(button->isVisible());

        QTimer::singleShot(0, this, [] {
            auto* dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget());
            if (!dialog) qFatal("nothing asks for a name");
            dialog->setTextValue("\"day\" & night");
            dialog->accept();
        });
        button->menu()->actions().at(0)->trigger();
        QCOMPARE(takes.boards().at(0).name, std::string("\"day\" & night"));
        QCOMPARE(scope->currentText(), QString("\"day\" & night (1)")); // still the one that is shown
        QCOMPARE(rows(), 1);
        auto* search = child<QLineEdit>("historySearch");
        search->setText("\"on a"); // a quote that is still open
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(rows(), 1);
        search->clear();

        QTimer::singleShot(0, this, [] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (!box) qFatal("nothing asks whether");
            for (QAbstractButton* answer : box->buttons())
                if (box->buttonRole(answer) == QMessageBox::DestructiveRole) answer->click();
        });
        button->menu()->actions().at(1)->trigger();
        QVERIFY(takes.boards().empty());
        QTRY_COMPARE(rows(), 2); // the clips stay
        QVERIFY(!button->isVisible());
    }

    void theSpectrogramsLookIsKept() {
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        ui::SpectrogramOptions options;
        options.colours = ui::ColourMap::Viridis;
        options.range = 60.0;
        view->setOptions(options);
        m_studio.reset();
        open();
        QVERIFY(m_studio->window().findChild<ui::ClipView*>()->options() == options);
    }

    void startingPointsComeWithTheProgram() {
        auto* menu = child<QPushButton>("startingPoints")->menu();
        QVERIFY(menu && menu->actions().size() >= 12);
        const auto names = [&] {
            QStringList list;
            for (const QAction* entry : menu->actions())
                list << entry->text();
            return list;
        };
        const QStringList before = names();
        QCOMPARE(QSet<QString>(before.begin(), before.end()).size(), before.size());
        child<QDoubleSpinBox>("seconds")->setValue(12.0);
        for (QAction* entry : menu->actions()) {
            entry->trigger();
            QCOMPARE(child<QPlainTextEdit>("prompt")->toPlainText(), entry->toolTip());
        }
        // The ballad brings tempo, key and chords with it; what it does not name stays.
        for (QAction* entry : menu->actions())
            if (entry->text().contains("ballad")) entry->trigger();
        QCOMPARE(child<QLineEdit>("chords")->text(), QString("Am F C G"));
        QCOMPARE(child<QComboBox>("key")->currentText(), QString("A minor"));
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 12.0);
        QVERIFY(library().prompts().saved().empty()); // they are the program's, not the library's
        // The menu of the prompts offers them too, and its own removal does not reach them.
        auto* library = child<QToolButton>("promptLibrary")->menu();
        Q_EMIT library->aboutToShow();
        QVERIFY(library->actions().contains(menu->menuAction()));
        Q_EMIT library->aboutToShow();
        QCOMPARE(names(), before);
    }

    void builtInPresetsStay() {
        auto* presets = child<QComboBox>("presets");
        auto* remove = child<QToolButton>("removePreset");
        const int sketch = presets->findText("Ten-second sketch");
        QVERIFY(sketch > 0);
        const int count = presets->count();
        presets->setCurrentIndex(sketch);
        Q_EMIT presets->activated(sketch);
        QCOMPARE(child<QDoubleSpinBox>("seconds")->value(), 10.0);
        QVERIFY(!remove->isEnabled());
        remove->click();
        QCOMPARE(presets->count(), count);
    }

    void promptHistoryIsWalked() {
        generate("first");
        generate("second");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 2, longEnough);
        auto* edit = child<QPlainTextEdit>("prompt");
        edit->setFocus();
        QTest::keyClick(edit, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(edit->toPlainText(), QString("first"));
        QTest::keyClick(edit, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(edit->toPlainText(), QString("second"));
    }

    void whatIsChosenCanBeReadInNarrowPanels() {
        auto* panel = m_studio->window().findChild<ui::HistoryPanel*>();
        auto *scope = child<QComboBox>("historyScope"), *sort = child<QComboBox>("historySort");
        scope->setItemText(0, "a long word for all"); // as other languages have it
        panel->setFixedWidth(400);
        QTRY_COMPARE(scope->y(), sort->y());
        panel->setFixedWidth(230);
        QTRY_VERIFY(sort->y() > scope->geometry().bottom());
        QCOMPARE(scope->width(), sort->width());
        auto* seed = child<QLineEdit>("seed");
        QVERIFY(seed->width() > seed->fontMetrics().horizontalAdvance("4294967295"));
    }

    void panelsHideWithAKeyAndStayHidden() {
        auto* history = child<QListView>("history");
        QVERIFY(history->isVisible());
        QTest::keyClick(history, Qt::Key_G);
        QVERIFY(!history->isVisible());
        m_studio.reset();
        open();
        QVERIFY(!child<QListView>("history")->isVisible());
    }
};

QTEST_MAIN(StudioTest)
#include "StudioTest.moc"
