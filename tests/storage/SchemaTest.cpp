#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include "engine/audio/SoundFile.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtCore/QFile>
#include <QtTest/QtTest>

#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

namespace {

/// tests/storage/version1.sql, written by hand from what that version made.
void makeVersion1(const LibraryFolder& folder) {
    QFile file(QStringLiteral(N2M_SOURCE_DIR "/tests/storage/version1.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    fs::create_directories(folder.path());
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(file.readAll().toStdString());
}

/// Everything that makes up the schema, in an order of its own.
std::vector<std::string> schemaOf(const LibraryFolder& folder) {
    SQLite::Database database(folder.database().string());
    SQLite::Statement rows(database, "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM "
                                     "sqlite_master ORDER BY type, name");
    std::vector<std::string> lines;
    while (rows.executeStep())
        lines.push_back(rows.getColumn(0).getString());
    return lines;
}

} // namespace

class SchemaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bringsVersion1UpToDate();
    void endsWhereAFreshOneStarts();
    void isWholeOrNotAtAll();
    void isDoneOnce();
    void isNotDoneReadOnly();
    void hasWordsLikeItsRows();
};

void SchemaTest::bringsVersion1UpToDate() {
    const LibraryFolder folder;
    makeVersion1(folder);
    fs::create_directories(folder.path() / "clips/2026-10");
    audio::writeSoundFile(folder.path() / "clips/2026-10/slow-piano-7.flac", tone());
    Library library(folder.path());
    QVERIFY(library.check().empty());
    QVERIFY(library.problems().empty());

    const Take take = *library.takes().find(1);
    QCOMPARE(take.prompt, std::string("slow piano"));
    QCOMPARE(take.notes, std::string("the good one"));
    QCOMPARE(take.recipe, std::string("{\"seed\":7}"));
    QCOMPARE(take.tags, std::vector<std::string>{"Night"});
    QVERIFY(take.starred);
    QCOMPARE(take.rating, 4);
    const Take trashed = *library.takes().find(2);
    QCOMPARE(trashed.origin, Origin::CommandLine);
    QCOMPARE(trashed.seed, std::uint64_t{18446744073709551615u});
    QVERIFY(trashed.trashed == 1792000002000);
    QCOMPARE(library.takes().ids(TakeQuery::parse("night pia")), std::vector<std::int64_t>{1});
    QCOMPARE(library.jobs().next()->variations, 3);
    QVERIFY(library.jobs().find(1)->take == 1);
    QCOMPARE(library.prompts().history()[0].uses, 3);
    QCOMPARE(library.prompts().find("evening")->settings, std::string("{\"steps\":40}"));
    QCOMPARE(library.prompts().findPreset("quick")->settings, std::string("{\"steps\":8}"));
    QVERIFY(!library.prompts().find("quick"));
    QCOMPARE(library.settings().integer("volume"), std::int64_t{11});

    // What the version did not have works: boards, and measured files once they were looked at.
    library.takes().addToBoard(library.takes().createBoard("Film"), {1});
    QCOMPARE(library.takes().ids(TakeQuery::parse("board:film")), std::vector<std::int64_t>{1});
    QCOMPARE(library.takes().verifyFiles().missing, std::vector<std::int64_t>{2});
    QCOMPARE(library.takes().rebuild().kept, 1);
    audio::writeSoundFile(library.takes().pathOf(take), tone(0.5));
    QCOMPARE(library.takes().verifyFiles().changed, std::vector<std::int64_t>{1});
}

void SchemaTest::endsWhereAFreshOneStarts() {
    const LibraryFolder old, fresh;
    makeVersion1(old);
    { Library a(old.path()), b(fresh.path()); }
    const auto was = schemaOf(old), is = schemaOf(fresh);
    QVERIFY(is.size() > 20);
    QCOMPARE(was.size(), is.size());
    for (std::size_t i = 0; i < is.size(); ++i)
        QCOMPARE(was[i], is[i]);
}

void SchemaTest::isWholeOrNotAtAll() {
    const LibraryFolder folder;
    makeVersion1(folder);
    // The second step fails half way: there is a table of a name that it makes after others.
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE).exec("CREATE TABLE pending_files(x)");
    QVERIFY(refusal([&] { Library library(folder.path()); }));
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE);
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 1);
    QVERIFY(!database.tableExists("boards"));
    database.exec("DROP TABLE pending_files");
    Library library(folder.path());
    QCOMPARE(library.takes().find(1)->prompt, std::string("slow piano"));
}

void SchemaTest::isDoneOnce() {
    const LibraryFolder folder;
    makeVersion1(folder);
    std::atomic<int> opened = 0;
    std::vector<std::thread> programs;
    for (int i = 0; i < 4; ++i)
        programs.emplace_back([&] {
            Library library(folder.path());
            if (library.takes().find(1)) ++opened;
        });
    for (std::thread& program : programs)
        program.join();
    QCOMPARE(opened.load(), 4);
}

void SchemaTest::isNotDoneReadOnly() {
    if (getuid() != 0) QSKIP("needs root, to become another user");
    QTemporaryDir place;
    QFile(place.path()).setPermissions(QFile::Permissions::fromInt(0x7755));
    const LibraryFolder made;
    makeVersion1(made);
    const fs::path folder = fs::path(place.path().toStdString()) / "library";
    fs::copy(made.path(), folder, fs::copy_options::recursive);
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(65534) != 0) _exit(100);
        const auto refused = refusal([&] { Library library(folder); });
        _exit(refused && refused->kind == LibraryError::Kind::ReadOnly ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void SchemaTest::hasWordsLikeItsRows() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    std::vector<std::int64_t> ids;
    for (std::uint64_t seed = 0; seed < 6; ++seed)
        ids.push_back(takes.add(tone(), facts("words", seed)).id);
    takes.setTags({ids[0], ids[1]}, {"one", "two"});
    takes.removeTags({ids[1]}, {"two"});
    takes.setNotes({ids[2]}, "noted");
    takes.setTitle({ids[3]}, "titled");
    takes.forget({ids[4]});
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 1000);
    // FTS5's own comparison of its index with its content, and ours of the content with the rows.
    database.exec("INSERT INTO take_words(take_words) VALUES ('integrity-check')");
    QCOMPARE(database
                 .execAndGet("SELECT count(*) FROM takes JOIN take_words ON take_words.rowid = takes.id WHERE "
                             "takes.prompt = take_words.prompt AND takes.notes = take_words.notes AND takes.title = "
                             "take_words.title")
                 .getInt(),
             5);
    QCOMPARE(database.execAndGet("SELECT count(*) FROM take_words").getInt(), 5);
    QCOMPARE(database.execAndGet(fmt::format("SELECT tags FROM take_words WHERE rowid = {}", ids[1])).getString(),
             std::string("one"));
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "SchemaTest.moc"
