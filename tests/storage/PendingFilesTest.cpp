#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Runs `work` in a child process, which never returns to the test. Call it while no database is open: SQLite's
/// connections must not be carried over a fork.
template <class Work> pid_t start(Work&& work) {
    const pid_t child = fork();
    if (child != 0) return child;
    try {
        work();
    } catch (const std::exception& error) {
        fprintf(stderr, "%s\n", error.what());
        _exit(1);
    }
    _exit(0);
}

void kill9(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

template <class Condition> bool waitFor(Condition&& condition) {
    for (int i = 0; i < 60000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(1ms);
    }
    return false;
}

/// Makes every insertion of a take block until its program is killed, after the file and before the row.
void letNoRowThrough(const fs::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 10000);
    database.exec("CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                  "SELECT count(*) AS c FROM n");
    database.exec("CREATE TRIGGER block BEFORE INSERT ON takes BEGIN SELECT c FROM endless; END");
}

void letRowsThrough(SQLite::Database& database) {
    database.exec("DROP TRIGGER block");
    database.exec("DROP VIEW endless");
}

int pendingFiles(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM pending_files").getInt();
}

std::vector<fs::path> filesUnder(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(folder, none))
        if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
}

Take richFacts() {
    Take take = facts("rich");
    take.title = "A title";
    take.notes = "notes";
    take.tags = {"one", "two"};
    take.starred = true;
    take.rating = 3;
    take.created = 1795359845123;
    take.origin = Origin::CommandLine;
    return take;
}

} // namespace

/// A program that ends between a file and its row, and the recovery by the next one.
class PendingFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void adoptsAFileWithoutRow();
    void clearsAwayHalfAFile();
    void finishesMoving();
    void keepsTheClipWhenTheRowFails();
    void anotherAttemptTakesTheSameFile();
    void leavesLivingProgramsAlone();
    void survivesKilling();
};

void PendingFilesTest::adoptsAFileWithoutRow() {
    const LibraryFolder folder;
    { Library library(folder.path()); }
    letNoRowThrough(folder.database());
    const pid_t child = start([&] { Library(folder.path()).takes().add(tone(2.0), richFacts()); });
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
    const bool written = waitFor([&] { return fs::exists(folder.path() / "clips/2026-11/a-title-7.flac"); });
    kill9(child);
    QVERIFY(written);
    letRowsThrough(database);
    QCOMPARE(pendingFiles(database), 1);
    QCOMPARE(database.execAndGet("SELECT count(*) FROM takes").getInt(), 0);

    Library library(folder.path());
    QCOMPARE(library.problems().size(), std::size_t{1});
    QVERIFY(library.problems()[0].text().find("a-title-7.flac") != std::string::npos);
    const auto ids = library.takes().ids();
    QCOMPARE(ids.size(), std::size_t{1});
    Take take = *library.takes().find(ids[0]);
    QCOMPARE(take.seconds, 2.0);
    QCOMPARE(take.sampleRate, 24000);
    Take expected = richFacts(); // all facts survive, also those that the file does not hold
    QCOMPARE(take.request, expected.request);
    QCOMPARE(take.recipe, expected.recipe);
    QCOMPARE(take.title, expected.title);
    QCOMPARE(take.notes, expected.notes);
    QCOMPARE(take.tags, expected.tags);
    QCOMPARE(take.created, expected.created);
    QCOMPARE(take.rating, 3);
    QVERIFY(take.starred);
    QCOMPARE(take.origin, Origin::CommandLine);
    QCOMPARE(take.key, std::string("A minor"));
    QCOMPARE(pendingFiles(database), 0);
    QVERIFY(library.files().verify(true).clean());
    QVERIFY(Library(folder.path()).problems().empty()); // once
}

void PendingFilesTest::clearsAwayHalfAFile() {
    const LibraryFolder folder;
    { Library library(folder.path()); }
    letNoRowThrough(folder.database());
    const audio::Clip clip = tone(60.0); // takes a while to encode
    const pid_t child = start([&] { Library(folder.path()).takes().add(clip, richFacts()); });
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
    const bool begun = waitFor([&] { return pendingFiles(database) == 1; });
    kill9(child); // usually while it encodes; then no file exists
    QVERIFY(begun);
    letRowsThrough(database);
    // The temporary file of AtomicFile, as if the program had been killed later, in the middle of writing.
    fs::remove_all(folder.path() / "clips");
    fs::create_directories(folder.path() / "clips/2026-11");
    std::ofstream(folder.path() / "clips/2026-11/.a-title-7.flac.123-0.part") << "fLaC";
    std::ofstream(folder.path() / "clips/2026-11/.another.flac.123-0.part") << "someone else's";

    Library library(folder.path());
    QVERIFY(library.takes().ids().empty());
    QCOMPARE(pendingFiles(database), 0);
    QCOMPARE(filesUnder(folder.path() / "clips").size(), std::size_t{1});
    QCOMPARE(library.takes().add(tone(), richFacts()).file.string(), std::string("clips/2026-11/a-title-7.flac"));
}

void PendingFilesTest::finishesMoving() {
    const LibraryFolder folder;
    Take a, b;
    {
        Library library(folder.path());
        a = library.takes().add(tone(), facts("a"));
        b = library.takes().add(tone(), facts("b"));
        library.files().trash({b.id});
        b = *library.takes().find(b.id);
    }
    SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
    // The state after a program ended that had moved a into the trash and b out of it, before it wrote the rows.
    const fs::path aTarget = "trash" / a.file.lexically_relative("clips"),
                   bTarget = "clips" / b.file.lexically_relative("trash");
    database.exec(fmt::format("INSERT INTO pending_files(batch, file, take, facts) VALUES (1, '{}', {}, ''), "
                              "(1, '{}', {}, '')",
                              aTarget.string(), a.id, bTarget.string(), b.id));
    fs::create_directories((folder.path() / aTarget).parent_path());
    fs::rename(folder.path() / a.file, folder.path() / aTarget);
    fs::rename(folder.path() / b.file, folder.path() / bTarget);
    // A third take that had not been moved yet.
    Library library(folder.path());
    QCOMPARE(library.problems().size(), std::size_t{2});
    QCOMPARE(library.takes().find(a.id)->file, aTarget);
    QVERIFY(library.takes().find(a.id)->trashed);
    QCOMPARE(library.takes().find(b.id)->file, bTarget);
    QVERIFY(!library.takes().find(b.id)->trashed);
    QVERIFY(library.files().verify(true).clean());
    QCOMPARE(pendingFiles(database), 0);
}

void PendingFilesTest::keepsTheClipWhenTheRowFails() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
        database.exec("CREATE TRIGGER no_more BEFORE INSERT ON takes BEGIN SELECT RAISE(ABORT, 'no more'); END");
        QVERIFY(refusal([&] { library.takes().add(tone(), facts("kept")); }));
        database.exec("DROP TRIGGER no_more");
        QVERIFY(library.takes().ids().empty());
    }
    Library library(folder.path());
    QCOMPARE(library.takes().page(library.takes().ids()).front().prompt, std::string("kept"));
}

void PendingFilesTest::anotherAttemptTakesTheSameFile() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
        database.exec("CREATE TRIGGER no_more BEFORE INSERT ON takes BEGIN SELECT RAISE(ABORT, 'no more'); END");
        Take take = facts("kept");
        take.created = 1795000000000;
        QVERIFY(refusal([&] { library.takes().add(tone(), take); }));
        database.exec("DROP TRIGGER no_more");
        library.takes().add(tone(), take);
        QCOMPARE(pendingFiles(database), 0);
    }
    Library library(folder.path());
    QCOMPARE(library.takes().count(), std::size_t{1});
    QVERIFY(library.files().verify(true).clean());
}

void PendingFilesTest::leavesLivingProgramsAlone() {
    const audio::Clip clip = tone(60.0);
    bool caught = false; // whether the child was killed during its work; on a busy machine this takes several attempts
    for (int i = 0; i < 10 && !caught; ++i) {
        const LibraryFolder folder;
        { Library library(folder.path()); }
        const pid_t child = start([&] { Library(folder.path()).takes().add(clip, richFacts()); });
        SQLite::Database database(folder.database().string(), SQLite::OPEN_READWRITE, 10000);
        const auto there = [&] { return database.execAndGet("SELECT count(*) FROM takes").getInt() > 0; };
        const bool begun = waitFor([&] { return pendingFiles(database) == 1 || there(); });
        {
            Library library(folder.path());
            caught = begun && pendingFiles(database) == 1 && !there();
            library.files().rebuild();
            library.takes().add(tone(), richFacts()); // under another name
        }
        int status = 0;
        waitpid(child, &status, 0);
        QVERIFY(begun);
        QCOMPARE(status, 0);
        Library library(folder.path());
        QVERIFY(library.problems().empty());
        QCOMPARE(library.takes().count(), std::size_t{2});
        QVERIFY(library.files().verify(true).clean());
    }
    if (!caught) qWarning("the machine was too busy to catch a program in the middle of its work");
}

void PendingFilesTest::survivesKilling() {
    const LibraryFolder folder;
    std::mt19937 random(std::random_device{}());
    for (int round = 0; round < 12; ++round) {
        int saved[2];
        QCOMPARE(pipe(saved), 0);
        const pid_t child = start([&] {
            Library library(folder.path());
            for (std::uint64_t seed = 0;; ++seed) {
                const Take take = library.takes().add(tone(0.5), facts("killed", seed));
                if (seed == 0 && write(saved[1], "", 1) != 1) _exit(2);
                if (seed % 2) library.files().trash({take.id});
                if (seed % 4 == 3) library.files().restore({take.id});
                library.jobs().add({"{}", "killed", seed, 1, 1});
                library.jobs().next();
            }
        });
        close(saved[1]);
        // Every other time the child runs until it has saved something, however busy the machine is.
        char byte = 1;
        const bool ready = round % 2 == 0 || read(saved[0], &byte, 1) == 1;
        std::this_thread::sleep_for(std::chrono::milliseconds(30 + random() % 200));
        kill9(child);
        close(saved[0]);
        QVERIFY(ready);
        Library library(folder.path());
        QVERIFY(library.check().empty());
        const FileReport report = library.files().verify(true);
        QVERIFY2(report.clean(), fmt::format("{} missing, {} changed, {} unknown", report.missing.size(),
                                             report.changed.size(), report.unknown.size())
                                     .c_str());
        for (const fs::path& file : filesUnder(folder.path() / "clips"))
            QVERIFY2(file.extension() != ".part", file.c_str());
        QVERIFY(library.jobs().recover().size() <= 1000);
        for (const Job& job : library.jobs().list())
            QVERIFY(job.state != JobState::Running);
    }
    QVERIFY(Library(folder.path()).takes().count() > 0);
}

QTEST_GUILESS_MAIN(PendingFilesTest)
#include "PendingFilesTest.moc"
