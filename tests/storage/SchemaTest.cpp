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

/// tests/storage/version1.sql, written by hand after a database of that version.
void makeVersion1(const LibraryFolder& folder) {
    QFile file(QStringLiteral(N2M_SOURCE_DIR "/tests/storage/version1.sql"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    fs::create_directories(folder.path());
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(file.readAll().toStdString());
}

/// Adds the columns of version 2 that are read, by hand, to a database of version 1.
void makeVersion2(const LibraryFolder& folder) {
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE)
        .exec("CREATE TABLE boards(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE) "
              "STRICT;"
              "CREATE TABLE board_takes(board INTEGER NOT NULL REFERENCES boards(id) ON DELETE CASCADE, take INTEGER "
              "NOT NULL REFERENCES takes(id) ON DELETE CASCADE, UNIQUE (board, take)) STRICT;"
              "ALTER TABLE takes ADD COLUMN file_bytes INTEGER NOT NULL DEFAULT 0;"
              "ALTER TABLE takes ADD COLUMN file_modified INTEGER NOT NULL DEFAULT 0;"
              "ALTER TABLE takes ADD COLUMN file_digest TEXT NOT NULL DEFAULT '';"
              "PRAGMA user_version = 2");
}

/// All objects of the schema, sorted.
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
    void isDoneInACopyWhereItCannotBeWritten_data();
    void isDoneInACopyWhereItCannotBeWritten();
    void foreignOnesAreRefusedReadOnlyToo();
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

    // Later features work: boards, and the digests of files once they were read.
    library.marks().addToBoard(library.marks().createBoard("Film"), {1});
    QCOMPARE(library.takes().ids(TakeQuery::parse("board:film")), std::vector<std::int64_t>{1});
    QCOMPARE(library.files().verify().missing, std::vector<std::int64_t>{2});
    QCOMPARE(library.files().rebuild().kept, 1);
    audio::writeSoundFile(library.takes().pathOf(take), tone(0.5));
    QCOMPARE(library.files().verify().changed, std::vector<std::int64_t>{1});
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

void SchemaTest::isDoneInACopyWhereItCannotBeWritten_data() {
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("log");
    QTest::newRow("version 1") << 1 << false;
    QTest::newRow("version 1 with its log") << 1 << true;
    QTest::newRow("version 2") << 2 << false;
}

void SchemaTest::isDoneInACopyWhereItCannotBeWritten() {
    if (getuid() != 0) QSKIP("needs root, to become another user");
    QFETCH(int, version);
    QFETCH(bool, log);
    QTemporaryDir place;
    QFile(place.path()).setPermissions(QFile::Permissions::fromInt(0x7755));
    const LibraryFolder made;
    makeVersion1(made);
    if (version == 2) makeVersion2(made);
    {
        SQLite::Database database(made.database().string(), SQLite::OPEN_READWRITE);
        if (log) database.exec("PRAGMA journal_mode = WAL"); // as programs leave it
    }
    const fs::path folder = fs::path(place.path().toStdString()) / "library";
    fs::copy(made.path(), folder, fs::copy_options::recursive);
    const auto bytes = [&] {
        QFile file(QString::fromStdString((folder / "library.db").string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = bytes();
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(65534) != 0) _exit(100);
        try {
            Library library(folder);
            if (!library.readOnly() || library.problems().empty() || !library.check().empty()) _exit(1);
            if (library.takes().find(1)->prompt != "slow piano") _exit(2);
            if (library.takes().ids(TakeQuery::parse("night pia")) != std::vector<std::int64_t>{1}) _exit(3);
            if (!library.prompts().findPreset("quick") || library.prompts().find("quick")) _exit(4); // new in version 3
            if (library.changedElsewhere()) _exit(5);
            const auto refused = refusal([&] { library.marks().setStarred({1}, false); });
            _exit(refused && refused->kind == LibraryError::Kind::ReadOnly ? 0 : 6);
        } catch (const std::exception& error) {
            fmt::print(stderr, "{}\n", error.what());
            _exit(7);
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
    QVERIFY(bytes() == before);
}

void SchemaTest::foreignOnesAreRefusedReadOnlyToo() {
    if (getuid() != 0) QSKIP("needs root, to become another user");
    QTemporaryDir place;
    QFile(place.path()).setPermissions(QFile::Permissions::fromInt(0x7755));
    SQLite::Database((fs::path(place.path().toStdString()) / "library.db").string(),
                     SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE recipes(soup)");
    const pid_t child = fork();
    if (child == 0) {
        if (setuid(65534) != 0) _exit(100);
        const auto refused = refusal([&] { Library library(place.path().toStdString()); });
        _exit(refused && refused->line.find("another program") != std::string::npos ? 0 : 1);
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
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    std::vector<std::int64_t> ids;
    for (std::uint64_t seed = 0; seed < 6; ++seed)
        ids.push_back(takes.add(tone(), facts("words", seed)).id);
    marks.setTags({ids[0], ids[1]}, {"one", "two"});
    marks.removeTags({ids[1]}, {"two"});
    marks.setNotes({ids[2]}, "noted");
    marks.setTitle({ids[3]}, "titled");
    files.forget({ids[4]});
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
