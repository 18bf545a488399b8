#include "tests/app/studio/StudioFixture.h"

#include "storage/LibraryError.h"
#include "ui/history/HistoryModel.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <vector>

using namespace n2m;
using test::longEnough;

/// The window over a library with a broken database page, as after a disk error.
class DamagedStudioTest : public test::StudioFixture {
    Q_OBJECT

    static constexpr int takes = 40; // about seven to a page

    std::filesystem::path folder() const { return m_folder->filePath("library").toStdString(); }

    /// Overwrites a leaf of a table or index, counted from 0; −1: the last. The library must not be open.
    void breakLeafOf(const QString& name, int leaf) {
        const auto file = folder() / "library.db";
        std::vector<std::int64_t> pages;
        std::streamoff size = 0;
        {
            SQLite::Database database(file.string());
            size = database.execAndGet("PRAGMA page_size").getInt();
            SQLite::Statement leaves(database, "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'");
            leaves.bind(1, name.toStdString());
            while (leaves.executeStep())
                pages.push_back(leaves.getColumn(0).getInt64());
        }
        QVERIFY(std::ssize(pages) > leaf);
        const std::int64_t page = leaf < 0 ? pages.back() : pages[static_cast<std::size_t>(leaf)];
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp((page - 1) * size) << std::string(static_cast<std::size_t>(size), '\xaa');
        QVERIFY(stream.flush().good());
    }

private Q_SLOTS:
    void init() {
        prepare();
        storage::Library library(folder());
        for (int i = 0; i < takes; ++i) {
            storage::Take take;
            take.prompt = "take " + std::to_string(i);
            take.notes = std::string(500, 'n');
            library.takes().add(test::tone(0.05, 100.0 + i), take);
        }
    }
    void cleanup() { end(); }

    // The constructor throws, so that the program can offer to rebuild the library.
    void whatThePartsCannotReadIsThrown_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"saved_prompts", "sqlite_autoindex_boards_1"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void whatThePartsCannotReadIsThrown() {
        QFETCH(QString, name);
        breakLeafOf(name, 0);
        QVERIFY_THROWS_EXCEPTION(storage::LibraryError, studio::Studio{setup()});
    }

    void whatCannotBeReadIsARowThatSaysSo_data() {
        QTest::addColumn<int>("leaf");
        QTest::newRow("old clips") << 1; // opening the library reads the first
        QTest::newRow("the newest, which is shown at the start") << -1;
    }
    void whatCannotBeReadIsARowThatSaysSo() {
        QFETCH(int, leaf);
        breakLeafOf("takes", leaf);
        open();
        auto* history = historyList();
        QCOMPARE(rows(), takes);
        int unreadable = 0;
        for (int row = 0; row < takes; ++row) {
            const QModelIndex index = history->model()->index(row, 0);
            history->scrollTo(index);
            history->grab(); // paints the rows
            const QString title = index.data(ui::HistoryModel::TitleRole).toString();
            unreadable += title == "(cannot be read)";
            QVERIFY2(title == "(cannot be read)" || title.startsWith("take "), qPrintable(title));
        }
        QVERIFY2(unreadable > 0 && unreadable < 12, qPrintable(QString::number(unreadable)));
        QTRY_VERIFY2(notice().contains("rebuilt"), qPrintable(notice()));
        // The others can be seen and heard.
        choose(takes - 1);
        QTRY_COMPARE_WITH_TIMEOUT(title(), QString("take 0"), longEnough);
        QTRY_VERIFY_WITH_TIMEOUT(view().clip() != nullptr, longEnough);
    }
};

QTEST_MAIN(DamagedStudioTest)
#include "DamagedStudioTest.moc"
