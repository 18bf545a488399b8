#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest/QtTest>

#include <fstream>

#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

class LibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void startsFresh();
    void opensAgain();
    void findsItsFolder();
    void refusesNewer();
    void refusesOtherDatabases();
    void refusesImpossibleFolders();
    void noticesChangesOfOthers();
    void tellsOfUnknownFiles();
    void readsWithoutWriting_data();
    void readsWithoutWriting();
};

void LibraryTest::startsFresh() {
    const LibraryFolder folder;
    Library library(folder.path() / "deeper" / "still/");
    QCOMPARE(library.folder(), folder.path() / "deeper/still");
    QVERIFY(!library.readOnly());
    QVERIFY(library.problems().empty());
    QVERIFY(library.check().empty());
    QVERIFY(library.takes().ids().empty());
    QVERIFY(library.jobs().list().empty());
    QVERIFY(!library.jobs().next());
    QVERIFY(library.prompts().history().empty());
    QCOMPARE(library.settings().text("none", "fallback"), std::string("fallback"));

    SQLite::Database database((library.folder() / "library.db").string());
    QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 3);
    QCOMPARE(database.execAndGet("PRAGMA application_id").getInt(), 0x4e324d4c);
    QCOMPARE(database.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
}

void LibraryTest::opensAgain() {
    const LibraryFolder folder;
    std::int64_t id = 0;
    {
        Library library(folder.path());
        id = library.takes().add(tone(), facts("stays")).id;
        library.settings().setInteger("volume", 11);
    }
    Library library(folder.path());
    QVERIFY(library.problems().empty());
    QCOMPARE(library.takes().find(id)->prompt, std::string("stays"));
    QCOMPARE(library.settings().integer("volume"), 11);
}

void LibraryTest::findsItsFolder() {
    const LibraryFolder home;
    fs::create_directories(home.path() / ".config");
    qunsetenv("N2M_LIBRARY");
    qunsetenv("XDG_MUSIC_DIR");
    qunsetenv("XDG_CONFIG_HOME");
    qputenv("HOME", home.path().c_str());
    QCOMPARE(Library::defaultFolder(), home.path() / "Music/Noise2Music");
    std::ofstream(home.path() / ".config/user-dirs.dirs") << "# a comment\nXDG_DESKTOP_DIR=\"$HOME/Schreibtisch\"\n"
                                                             "XDG_MUSIC_DIR=\"$HOME/Musik\"\n";
    QCOMPARE(Library::defaultFolder(), home.path() / "Musik/Noise2Music");
    qputenv("XDG_MUSIC_DIR", "/sound");
    QCOMPARE(Library::defaultFolder(), fs::path("/sound/Noise2Music"));
    Library::setDefaultFolder("/chosen in the preferences/ä/");
    QCOMPARE(Library::defaultFolder(), fs::path("/chosen in the preferences/ä/"));
    qputenv("N2M_LIBRARY", "/mine"); // before all
    QCOMPARE(Library::defaultFolder(), fs::path("/mine"));
    qunsetenv("N2M_LIBRARY");
    Library::setDefaultFolder({});
    QCOMPARE(Library::defaultFolder(), fs::path("/sound/Noise2Music"));
}

void LibraryTest::refusesNewer() {
    const LibraryFolder folder;
    { Library library(folder.path()); }
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 4");
    const auto before = fs::file_size(folder.database());
    const auto refused = refusal([&] { Library library(folder.path()); });
    QVERIFY(refused);
    QCOMPARE(refused->kind, Kind::Newer);
    QVERIFY(refused->line.find("version 4, this program knows 3") != std::string::npos);
    QVERIFY(refused->line.find('\n') == std::string::npos);
    QCOMPARE(refusal([&] { Library::rebuild(folder.path()); })->kind, Kind::Newer);
    QCOMPARE(fs::file_size(folder.database()), before);
}

void LibraryTest::refusesOtherDatabases() {
    const LibraryFolder folder;
    fs::create_directories(folder.path());
    SQLite::Database(folder.database().string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE recipes(cake TEXT)");
    QCOMPARE(refusal([&] { Library library(folder.path()); })->kind, Kind::Failed);
}

void LibraryTest::refusesImpossibleFolders() {
    const LibraryFolder folder;
    fs::create_directories(folder.path());
    std::ofstream(folder.path() / "file") << "not a folder";
    QCOMPARE(refusal([&] { Library library(folder.path() / "file"); })->kind, Kind::Failed);
    QCOMPARE(refusal([&] { Library library(folder.path() / "file/below"); })->kind, Kind::Failed);
    QVERIFY(refusal([&] { Library library("/proc/noise2music"); }));
}

void LibraryTest::noticesChangesOfOthers() {
    const LibraryFolder folder;
    Library mine(folder.path()), other(folder.path());
    QVERIFY(!mine.changedElsewhere());
    mine.settings().setFlag("mine", true);
    QVERIFY(!mine.changedElsewhere());
    other.settings().setFlag("other", true);
    QVERIFY(mine.changedElsewhere());
    QVERIFY(!mine.changedElsewhere());
    QVERIFY(mine.settings().flag("other"));
}

void LibraryTest::tellsOfUnknownFiles() {
    const LibraryFolder folder;
    {
        Library library(folder.path());
        library.takes().add(tone(), facts("orphan"));
    }
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(folder.database().string() + end);
    Library library(folder.path());
    QCOMPARE(library.problems().size(), std::size_t{1});
    QCOMPARE(library.files().rebuild().added, 1);
    QCOMPARE(library.takes().page(library.takes().ids()).front().prompt, std::string("orphan"));
}

void LibraryTest::readsWithoutWriting_data() {
    QTest::addColumn<bool>("medium");
    QTest::newRow("a user without the right to write") << false;
    QTest::newRow("a medium that cannot be written to") << true;
}

void LibraryTest::readsWithoutWriting() {
    QFETCH(bool, medium);
    if (getuid() != 0) QSKIP("needs root, to become another user and to mount");
    QTemporaryDir place;
    const fs::path mount = place.path().toStdString();
    QCOMPARE(chmod(mount.c_str(), 0755), 0);
    if (medium && ::mount("tmpfs", mount.c_str(), "tmpfs", 0, "size=8m") != 0) QSKIP("cannot mount a tmpfs here");
    const fs::path folder = mount / "library";
    std::int64_t id = 0;
    {
        Library library(folder);
        id = library.takes().add(tone(), facts("for all to hear")).id;
    }
    if (medium) QCOMPARE(::mount("tmpfs", mount.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr), 0);

    // The child reports its findings as an exit status: QtTest's own checks would not leave the child.
    const pid_t child = fork();
    if (child == 0) {
        int wrong = 0;
        try {
            if (!medium && setuid(65534) != 0) _exit(100);
            Library library(folder);
            if (!library.readOnly()) wrong = 1;
            if (library.problems().size() != 1) wrong = 2;
            if (library.takes().ids(TakeQuery::parse("hear")) != std::vector{id}) wrong = 3;
            if (library.takes().find(id)->prompt != "for all to hear") wrong = 4;
            if (!library.files().verify(true).clean()) wrong = 5;
            if (!library.check().empty()) wrong = 6;
            const auto isRefused = [](auto call) {
                const auto refused = refusal(call);
                return refused && refused->kind == Kind::ReadOnly;
            };
            if (!isRefused([&] { library.marks().setStarred({id}, true); })) wrong = 7;
            if (!isRefused([&] { library.takes().add(tone(), facts("new")); })) wrong = 8;
            if (!isRefused([&] { library.files().trash({id}); })) wrong = 9;
            if (!isRefused([&] { library.jobs().add(NewJob{}); })) wrong = 10;
            if (!isRefused([&] { library.settings().setFlag("x", true); })) wrong = 11;
            if (!refusal([&] { Library none(mount / "none"); })) wrong = 12;
        } catch (const std::exception& error) {
            fprintf(stderr, "%s\n", error.what());
            wrong = 101;
        }
        _exit(wrong);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (medium) umount(mount.c_str());
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

QTEST_GUILESS_MAIN(LibraryTest)
#include "LibraryTest.moc"
