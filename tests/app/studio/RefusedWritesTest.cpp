#include "tests/app/studio/RefusedWrites.h"
#include "tests/app/studio/StudioFixture.h"

#include "app/studio/TrashCommand.h"
#include "storage/LibraryError.h"

#include <QUndoStack>

using namespace n2m;
using test::RefusedWrites;

/// The user's commands while the library cannot be written, as on a full disk.
class RefusedWritesTest : public test::StudioFixture {
    Q_OBJECT

    std::unique_ptr<RefusedWrites> m_refused;

    void refuse() { m_refused = std::make_unique<RefusedWrites>(library().folder(), "UPDATE ON takes"); }

private Q_SLOTS:
    void init() {
        begin();
        makeClip("first", "1");
        makeClip("second", "2");
    }
    void cleanup() {
        m_refused.reset();
        end();
    }

    void whatIsWrittenAboutAClipIsNotLost() {
        const auto second = library().takes().ids().front();
        action("clip.facts")->trigger();
        auto* titleField = child<QLineEdit>("title");
        auto* tags = child<QLineEdit>("tags");
        auto* notes = child<QPlainTextEdit>("notes");
        refuse();
        write("title", "Evening");
        QVERIFY2(notice().contains("refused"), qPrintable(notice()));
        tags->setFocus();
        QTest::keyClicks(tags, "slow");
        notes->setFocus();
        QTest::keyClicks(notes, "for the film");
        // Another clip shows its own words; each clip has its own again when it is chosen.
        focusRow(1);
        QCOMPARE(title(), QString("first"));
        QVERIFY(titleField->text().isEmpty() && tags->text().isEmpty() && notes->toPlainText().isEmpty());
        focusRow(0);
        QCOMPARE(titleField->text(), QString("Evening"));
        QCOMPARE(tags->text(), QString("slow"));
        QCOMPARE(notes->toPlainText(), QString("for the film"));
        QVERIFY(library().takes().find(second)->title.empty());

        m_refused.reset();
        focusRow(1); // leaving the clip stores them
        const storage::Take kept = *library().takes().find(second);
        QCOMPARE(kept.title, std::string("Evening"));
        QCOMPARE(kept.tags, std::vector<std::string>{"slow"});
        QCOMPARE(kept.notes, std::string("for the film"));
        focusRow(0);
        QCOMPARE(titleField->text(), QString("Evening"));
    }

    // The command is deleted, too; the address sanitizer would find a leak.
    void whatCannotBeMovedToTheTrashStays() {
        storage::TakeStore& takes = library().takes();
        const auto trash = [&] {
            return new studio::TrashCommand(library().files(), takes.ids(), studio::TrashCommand::Way::In, [] {});
        };
        QUndoStack undo;
        refuse();
        QVERIFY_THROWS_EXCEPTION(storage::LibraryError, undo.push(trash()));
        QCOMPARE(undo.count(), 0);
        QCOMPARE(takes.trashCount(), std::size_t{0});
        m_refused.reset();
        undo.push(trash());
        QCOMPARE(takes.trashCount(), std::size_t{2});
        undo.undo();
        QCOMPARE(takes.trashCount(), std::size_t{0});
        undo.redo();
        QCOMPARE(takes.trashCount(), std::size_t{2});
    }
};

QTEST_MAIN(RefusedWritesTest)
#include "RefusedWritesTest.moc"
