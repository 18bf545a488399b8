#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"

#include <QComboBox>
#include <QToolButton>

using namespace n2m;
using test::longEnough;

/// The clips of the library in the window: trash, search, import, rebuild.
class StudioLibraryTest : public test::StudioFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void trashAndUndo() {
        generate("to be deleted");
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, longEnough);
        const auto path = library().takes().pathOf(*library().takes().find(library().takes().ids().front()));
        auto* history = historyList();
        focusRow(0);
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
        auto* history = historyList();
        focusRow(1);
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(rows(), 2);
        const auto selected = history->selectionModel()->selectedRows();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.front().data().toString(), title());
        // A restored clip is shown. Undone by key: the button would undo one more.
        const QString deleted = title();
        QTest::keyClick(history, Qt::Key_Delete);
        QVERIFY(notice().contains("trash"));
        QVERIFY(title() != deleted);
        QTest::keyClick(history, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(rows(), 2);
        QCOMPARE(title(), deleted);
        QCOMPARE(notice(), QString("Undone: moving to the trash."));
    }

    void whatIsTakenOutOfTheTrashCanBePutBack() {
        makeClip("to and fro", "7");
        action("clip.trash")->trigger();
        auto* scope = child<QComboBox>("historyScope");
        scope->setCurrentIndex(scope->findText("Trash (1)"));
        Q_EMIT scope->activated(scope->currentIndex());
        choose(0);
        action("clip.restore")->trigger();
        QCOMPARE(library().takes().trashCount(), std::size_t{0});
        action("undo")->trigger();
        QCOMPARE(notice(), QString("Undone: taking out of the trash."));
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
        QCOMPARE(rows(), 1);
    }

    void theTrashHasButtonsAndAKey() {
        makeClip("a song", "7");
        auto* history = historyList();
        focusRow(0);
        QVERIFY(!child<QToolButton>("clip.restore")->isVisible());
        QTest::keyClick(history, Qt::Key_Delete);
        QCOMPARE(library().takes().trashCount(), std::size_t{1});
        showScope(-1);
        QCOMPARE(rows(), 1);
        QVERIFY(child<QToolButton>("clip.restore")->isVisible());
        QVERIFY(child<QToolButton>("trash.empty")->isVisible() && child<QToolButton>("trash.empty")->isEnabled());
        choose(0);
        QTest::keyClick(history, Qt::Key_Insert);
        QCOMPARE(library().takes().trashCount(), std::size_t{0});
        QVERIFY(!child<QToolButton>("trash.empty")->isEnabled());
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
        QTRY_VERIFY(notice().contains("1 new"));
    }
};

QTEST_MAIN(StudioLibraryTest)
#include "StudioLibraryTest.moc"
