#include "tests/app/studio/Answers.h"
#include "tests/app/studio/StudioFixture.h"

#include "ui/history/HistoryModel.h"
#include "ui/history/HistoryPanel.h"

#include <QComboBox>
#include <QInputDialog>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QToolButton>

using namespace n2m;
using test::Answers;
using test::longEnough;

/// The marks of clips, set in the window: stars, ratings, titles, tags, notes, boards.
class StudioMarksTest : public test::StudioFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void keysMarkTheClip() {
        generate("to be marked");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        auto* history = historyList();
        focusRow(0);
        QTest::keyClick(history, Qt::Key_Period);
        QTest::keyClick(history, Qt::Key_4);
        const auto take = library().takes().find(library().takes().ids().front());
        QVERIFY(take->starred);
        QCOMPARE(take->rating, 4);
    }

    void whatIsSaidOfAClipCanBeUndone() {
        makeClip("to be marked", "7");
        auto* history = historyList();
        focusRow(0);
        const auto marks = [this] { return library().marks().marksOf(library().takes().ids()).front(); };
        const auto plain = marks();
        QVERIFY(!action("undo")->isEnabled());
        QTest::keyClick(history, Qt::Key_0); // it has no rating, so nothing changes
        QVERIFY(!action("undo")->isEnabled());

        QTest::keyClick(history, Qt::Key_Period);
        QTest::keyClick(history, Qt::Key_4);
        action("clip.facts")->trigger();
        write("title", "Evening");
        write("tags", "slow, for the film");
        const auto film = library().marks().createBoard("film");
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
        QCOMPARE(title(), QString("to be marked"));
        QVERIFY(!history->model()->index(0, 0).data(ui::HistoryModel::StarredRole).toBool());
        while (action("redo")->isEnabled())
            action("redo")->trigger();
        QVERIFY(marks() == marked);
        QCOMPARE(title(), QString("Evening"));
    }

    void boardsAreChosenByKey() {
        makeClip("a song", "7");
        storage::MarkStore& marks = library().marks();
        marks.createBoard("film");
        marks.createBoard("\"last\" & night");
        auto* history = historyList();
        focusRow(0);
        QTest::keyClick(history, Qt::Key_B, Qt::ShiftModifier);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(marks.boards().at(0).takes == 1);
        QCOMPARE(notice(), QString("“a song” is on the board “\"last\" & night”."));
        // The board has a tick if all selected clips are on it.
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
        QCOMPARE(marks.boards().at(0).takes, 2);
        QVERIFY(ticks() == std::pair(true, false));
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QCOMPARE(marks.boards().at(0).takes, 0);
        QCOMPARE(notice(), QString("2 clips were taken off the board “\"last\" & night”."));
        action("undo")->trigger();
        QCOMPARE(marks.boards().at(0).takes, 2);
        // The menu "Clip" has the same submenu.
        const auto menus = m_studio->window().findChildren<QMenu*>();
        QVERIFY(std::any_of(menus.begin(), menus.end(), [this](const QMenu* each) {
            return each->title() == "&Clip" && each->actions().contains(action("clip.board"));
        }));
        QVERIFY(action("clip.board")->menu<QMenu*>());
    }

    void boardsAreRenamedAndDeleted() {
        generate("on a board");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        storage::TakeStore& takes = library().takes();
        storage::MarkStore& marks = library().marks();
        marks.addToBoard(marks.createBoard("night"), takes.ids());
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
        QCOMPARE(marks.boards().at(0).name, std::string("\"day\" & night"));
        QCOMPARE(scope->currentText(), QString("\"day\" & night (1)")); // still the shown board
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
        QVERIFY(marks.boards().empty());
        QTRY_COMPARE(rows(), 2); // the clips stay
        QVERIFY(!button->isVisible());
    }

    void tagsOfSeveralClipsAreSetAtOnce() {
        makeClip("one", "1");
        makeClip("two", "2");
        makeClip("three", "3");
        storage::TakeStore& takes = library().takes();
        storage::MarkStore& marks = library().marks();
        const auto id = [&takes](int seed) {
            return takes.ids(storage::TakeQuery::parse("seed:" + std::to_string(seed))).at(0);
        };
        marks.setTags({id(1), id(2)}, {"both"});
        marks.setTags({id(1)}, {"both", "half", "kept half"});
        marks.setTags({id(3)}, {"other"});
        auto* history = historyList();
        focusRow(1);
        QTest::keyClick(history, Qt::Key_Down, Qt::ShiftModifier); // 2 and 1
        QStringList states;
        Answers answers({[&](QWidget* dialog) {
            auto* list = dialog->findChild<QListWidget*>("tagList");
            if (!list) return false;
            for (int i = 0; i < list->count(); ++i)
                states << list->item(i)->text() + QString::number(list->item(i)->checkState());
            list->setFocus();
            for (const char* tag : {"both", "half"}) {
                list->setCurrentItem(list->findItems(tag, Qt::MatchExactly).front());
                QTest::keyClick(list, Qt::Key_Space);
            }
            list->setCurrentItem(list->findItems("half", Qt::MatchExactly).front());
            auto* field = dialog->findChild<QLineEdit*>("newTag");
            field->setFocus();
            QTest::keyClicks(field, "for the film, Slow");
            QTest::keyClick(field, Qt::Key_Return);
            return true;
        }});
        QTest::keyClick(history, Qt::Key_T, Qt::ShiftModifier);
        QTRY_VERIFY(answers.allGiven());
        QCOMPARE(states, (QStringList{"both2", "half1", "kept half1", "other0"})); // all, some, none of them
        using Tags = std::vector<std::string>;
        QCOMPARE(takes.find(id(1))->tags, (Tags{"for the film", "half", "kept half", "Slow"}));
        QCOMPARE(takes.find(id(2))->tags, (Tags{"for the film", "half", "Slow"}));
        QCOMPARE(takes.find(id(3))->tags, Tags{"other"});
        // A word that is not a valid tag is refused, and nothing is changed.
        Answers bad({[&](QWidget* dialog) {
            auto* field = dialog->findChild<QLineEdit*>("newTag");
            if (!field) return false;
            field->setText(QString(101, 'x'));
            QTest::keyClick(field, Qt::Key_Return);
            return true;
        }});
        action("clip.tags")->trigger();
        QVERIFY(bad.allGiven());
        QVERIFY(!notice().isEmpty());
        QCOMPARE(takes.find(id(2))->tags, (Tags{"for the film", "half", "Slow"}));
    }

    /// Title, notes and tags are stored and found, and deleted with the clip when the trash is emptied.
    void wordsAboutAClipAreKept() {
        makeClip("a song", "7");
        makeClip("another", "8");
        const auto id = library().takes().ids(storage::TakeQuery::parse("seed:7")).at(0);
        m_studio->open({QString::fromStdString(library().takes().pathOf(*library().takes().find(id)).string())});
        action("clip.facts")->trigger();
        write("title", "Evening");
        write("tags", "slow, for the film");
        auto* notes = child<QPlainTextEdit>("notes");
        notes->setFocus();
        notes->setPlainText("the second half is good");
        child<QPlainTextEdit>("prompt")->setFocus(); // leaving the field stores it
        const auto kept = *library().takes().find(id);
        QCOMPARE(kept.title, std::string("Evening"));
        QCOMPARE(kept.tags, (std::vector<std::string>{"for the film", "slow"}));
        QCOMPARE(kept.notes, std::string("the second half is good"));
        QCOMPARE(title(), QString("Evening"));
        for (const char* words : {"film", "second half", "title:evening"}) {
            child<QLineEdit>("historySearch")->setText(words);
            QTRY_COMPARE(rows(), 1);
        }
        child<QLineEdit>("historySearch")->clear();
        QTRY_COMPARE(rows(), 2);

        const auto file = library().takes().pathOf(kept);
        auto* history = historyList();
        history->setFocus();
        m_studio->open({QString::fromStdString(file.string())});
        action("clip.trash")->trigger();
        QTRY_COMPARE(rows(), 1);
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
        const auto inTrash = library().takes().pathOf(*library().takes().find(id));
        QVERIFY(std::filesystem::exists(inTrash));
        const auto answer = [](bool yes) -> Answers::Answer {
            return [yes](QWidget* dialog) {
                auto* box = qobject_cast<QMessageBox*>(dialog);
                if (!box) return false;
                for (QAbstractButton* button : box->buttons())
                    if ((box->buttonRole(button) == QMessageBox::DestructiveRole) == yes) return button->click(), true;
                return false;
            };
        };
        {
            Answers answers({answer(false)});
            action("trash.empty")->trigger();
            QVERIFY(answers.allGiven());
        }
        QVERIFY(std::filesystem::exists(inTrash));
        Answers answers({answer(true)});
        action("trash.empty")->trigger();
        QVERIFY(answers.allGiven());
        QVERIFY(!action("undo")->isEnabled()); // deleted clips cannot be restored
        QTRY_VERIFY_WITH_TIMEOUT(!action("trash.empty")->isEnabled(), longEnough);
        QCOMPARE(library().takes().trashCount(), std::size_t{0});
        QVERIFY(!library().takes().find(id));
        QVERIFY(!std::filesystem::exists(inTrash));
        QCOMPARE(rows(), 1);
    }
};

QTEST_MAIN(StudioMarksTest)
#include "StudioMarksTest.moc"
