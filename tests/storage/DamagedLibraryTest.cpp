#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

#include <fstream>
#include <random>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

namespace {

constexpr int takes = 40;

/// Makes a library of takes, every fourth starred, with rows in every other table. Closed, all in one file.
void make(const LibraryFolder& folder) {
    Library library(folder.path());
    for (int i = 0; i < takes; ++i) {
        Take take = facts(fmt::format("take {}", i), static_cast<std::uint64_t>(i));
        take.starred = i % 4 == 0;
        take.notes = std::string(500, static_cast<char>('a' + i % 26));
        library.takes().add(tone(0.05, 0.5f, 0.1 + 0.001 * i), take);
    }
    library.marks().addTags(library.takes().ids(), {"all"});
    library.marks().addToBoard(library.marks().createBoard("Film"), library.takes().ids());
    library.jobs().add({"{}", "waits", 1, 1, 1});
    library.prompts().remember("remembered");
    library.settings().setText("kept", "yes");
}

void overwrite(const fs::path& file, std::streamoff at, const std::string& bytes) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(at);
    stream << bytes;
}

} // namespace

class DamagedLibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsAndRebuilds_data();
    void tellsAndRebuilds();
    void salvagesRowsAroundABrokenPage();
    void keepsEverythingOfASoundOne();
    void survivesAnyDamage();
    void waitsForOthersToClose();
    void finishesAnInterruptedRebuild();
};

void DamagedLibraryTest::tellsAndRebuilds_data() {
    QTest::addColumn<QString>("damage");
    for (const char* damage : {"no database", "header", "cut short", "schema"})
        QTest::newRow(damage) << QString::fromLatin1(damage);
}

void DamagedLibraryTest::tellsAndRebuilds() {
    QFETCH(QString, damage);
    const LibraryFolder folder;
    make(folder);
    const fs::path file = folder.database();
    if (damage == QStringLiteral("no database")) std::ofstream(file) << std::string(10000, 'x');
    if (damage == QStringLiteral("header")) overwrite(file, 0, std::string(100, '\0'));
    if (damage == QStringLiteral("cut short")) fs::resize_file(file, 5000);
    if (damage == QStringLiteral("schema")) overwrite(file, 100, std::string(3996, '\x7f'));

    const auto refused = refusal([&] { Library library(folder.path()); });
    QVERIFY(refused);
    QCOMPARE(refused->kind, Kind::Damaged);
    QVERIFY(refused->line.find('\n') == std::string::npos);
    QVERIFY(refused->line.find("rebuilt") != std::string::npos);

    const RebuildReport report = Library::rebuild(folder.path());
    QCOMPARE(report.kept + report.added, takes);
    Library library(folder.path());
    QVERIFY(library.check().empty());
    QCOMPARE(library.takes().count(), std::size_t{takes});
    QCOMPARE(library.takes().ids(TakeQuery::parse("\"take 7\"")).size(), std::size_t{1});
    QVERIFY(library.files().verify(true).clean());
    // The old database is kept.
    QCOMPARE(std::count_if(fs::directory_iterator(folder.path()), fs::directory_iterator(),
                           [](const fs::directory_entry& entry) {
                               return entry.path().filename().string().starts_with("library-damaged-");
                           }),
             1);
}

void DamagedLibraryTest::salvagesRowsAroundABrokenPage() {
    const LibraryFolder folder;
    make(folder);
    // The number of a page in the middle of the takes, from SQLite itself.
    std::int64_t page = 0, size = 0;
    {
        SQLite::Database database(folder.database().string());
        size = database.execAndGet("PRAGMA page_size").getInt64();
        page = database
                   .execAndGet("SELECT pageno FROM dbstat WHERE name = 'takes' AND pagetype = 'leaf' ORDER BY pageno "
                               "LIMIT 1 OFFSET 3")
                   .getInt64();
    }
    overwrite(folder.database(), (page - 1) * size, std::string(static_cast<std::size_t>(size), '\xaa'));
    {
        Library library(folder.path()); // opens, because the page was not read
        QVERIFY(!library.check().empty());
        const auto refused = refusal([&] {
            for (std::int64_t id = 1; id <= takes; ++id)
                library.takes().find(id);
        });
        QVERIFY(refused);
        QCOMPARE(refused->kind, Kind::Damaged);
    }

    const RebuildReport report = Library::rebuild(folder.path());
    QVERIFY(report.kept >= takes - 10 && report.kept < takes); // a page has about seven rows
    QCOMPARE(report.kept + report.added, takes);
    Library library(folder.path());
    QVERIFY(library.check().empty());
    int starred = 0, tagged = 0;
    for (const Take& take : library.takes().page(library.takes().ids())) {
        starred += take.starred;
        tagged += take.tags == std::vector<std::string>{"all"};
        QVERIFY(!library.takes().find(take.id)->recipe.empty());
    }
    QVERIFY(starred >= 10 - 3);
    QCOMPARE(tagged, report.kept);
    QCOMPARE(library.marks().boards()[0].takes, report.kept);
    QCOMPARE(library.jobs().next()->prompt, std::string("waits"));
    QCOMPARE(library.prompts().history()[0].prompt, std::string("remembered"));
    QCOMPARE(library.settings().text("kept"), std::string("yes"));
}

void DamagedLibraryTest::keepsEverythingOfASoundOne() {
    const LibraryFolder folder;
    make(folder);
    std::vector<Take> before, after;
    {
        Library library(folder.path());
        for (const auto id : library.takes().ids())
            before.push_back(*library.takes().find(id));
    }
    QCOMPARE(Library::rebuild(folder.path()).kept, takes);
    Library library(folder.path());
    for (const auto id : library.takes().ids())
        after.push_back(*library.takes().find(id));
    QVERIFY(before == after);
}

void DamagedLibraryTest::survivesAnyDamage() {
    const LibraryFolder original;
    make(original);
    std::mt19937 random(1);
    int refusals = 0;
    for (int round = 0; round < 25; ++round) {
        const LibraryFolder folder;
        fs::create_directories(folder.path());
        fs::copy_file(original.database(), folder.database());
        const auto size = static_cast<std::streamoff>(fs::file_size(folder.database()));
        for (int i = 0; i < 1 << round % 8; ++i)
            overwrite(folder.database(), static_cast<std::streamoff>(random() % static_cast<std::uint64_t>(size)),
                      std::string(1 + random() % 64, static_cast<char>(random())));
        // Every call gives an answer or a LibraryError, and the library can be rebuilt.
        const auto refused = refusal([&] {
            Library library(folder.path());
            library.check();
            for (const auto& take : library.takes().page(library.takes().ids(TakeQuery::parse("take"))))
                library.takes().find(take.id);
            library.marks().setStarred(library.takes().ids(), true);
            library.jobs().list();
            library.files().verify();
        });
        refusals += refused.has_value();
        Library::rebuild(folder.path());
        Library library(folder.path());
        QVERIFY(library.check().empty());
    }
    QVERIFY(refusals > 0);
}

void DamagedLibraryTest::waitsForOthersToClose() {
    const LibraryFolder folder;
    make(folder);
    {
        Library library(folder.path());
        const auto refused = refusal([&] { Library::rebuild(folder.path()); });
        QVERIFY(refused);
        QCOMPARE(refused->kind, Kind::Busy);
        QCOMPARE(library.takes().count(), std::size_t{takes});
    }
    QCOMPARE(Library::rebuild(folder.path()).kept, takes);
}

void DamagedLibraryTest::finishesAnInterruptedRebuild() {
    // The program ended after renaming the old database and before renaming the new one.
    const LibraryFolder folder;
    make(folder);
    fs::rename(folder.database(), folder.path() / "library-rebuilt.db");
    Library library(folder.path());
    QCOMPARE(library.takes().count(), std::size_t{takes});
}

QTEST_GUILESS_MAIN(DamagedLibraryTest)
#include "DamagedLibraryTest.moc"
