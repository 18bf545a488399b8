#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

#include <fstream>

#include <sys/mount.h>
#include <unistd.h>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

/// A disk of eight megabytes: SQLite's log takes four of them.
class FullDiskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void savesNothingHalf();
    void changesNothingHalf();
    void opensOnAFullDisk();

private:
    void fill(std::size_t left);
    void makeRoom() { fs::remove(m_disk / "filler"); }

    QTemporaryDir m_place;
    fs::path m_disk = m_place.path().toStdString(), m_folder = m_disk / "library";
    bool m_mounted = false;
};

void FullDiskTest::init() {
    m_mounted = getuid() == 0 && mount("tmpfs", m_disk.c_str(), "tmpfs", 0, "size=8m") == 0;
    if (!m_mounted) QSKIP("needs the right to mount a small tmpfs");
}

void FullDiskTest::cleanup() {
    if (m_mounted) QCOMPARE(umount(m_disk.c_str()), 0);
}

/// Fills the disk up to so many free bytes, rounded to pages.
void FullDiskTest::fill(std::size_t left) {
    const auto space = fs::space(m_disk).available;
    if (space <= left) return;
    std::ofstream stream(m_disk / "filler", std::ios::binary | std::ios::app);
    stream << std::string(space - left, 'x') << std::flush;
    QVERIFY(fs::space(m_disk).available <= left);
}

void FullDiskTest::savesNothingHalf() {
    Library library(m_folder);
    const Take first = library.takes().add(tone(), facts("first"));
    int files = 0;
    for (const std::size_t left : {std::size_t{0}, std::size_t{4096}, std::size_t{16384}, std::size_t{40960}}) {
        fill(left);
        const auto refused = refusal([&] { library.takes().add(tone(4.0), facts("does not fit")); });
        QVERIFY(refused);
        QVERIFY2(refused->kind == Kind::DiskFull, refused->line.c_str());
        QVERIFY(refused->line.find("the disk is full") != std::string::npos);
        QVERIFY(refused->line.find('\n') == std::string::npos);
        QCOMPARE(library.takes().ids(), std::vector{first.id});
        makeRoom();
        // The file is missing or whole; a whole one becomes a take at the next opening.
        files = 0;
        for (const auto& entry : fs::recursive_directory_iterator(m_folder / "clips"))
            files += entry.is_regular_file();
        QCOMPARE(files, 1);
    }
    const Take second = library.takes().add(tone(4.0), facts("fits now"));
    QVERIFY(library.files().verify(true).clean());
    QVERIFY(library.check().empty());
    QCOMPARE(library.takes().count(), std::size_t{2});
    QVERIFY(library.takes().find(second.id));
}

void FullDiskTest::changesNothingHalf() {
    std::vector<std::int64_t> ids;
    {
        Library library(m_folder);
        for (std::uint64_t seed = 0; seed < 20; ++seed)
            ids.push_back(library.takes().add(tone(0.05), facts("one of many", seed)).id);
        fill(0);
        const auto refused = refusal([&] {
            for (int i = 0; i < 100; ++i) // until its log is full
                library.marks().setNotes(ids, std::string(10000, static_cast<char>('a' + i % 26)));
        });
        QVERIFY(refused);
        QVERIFY2(refused->kind == Kind::DiskFull, refused->line.c_str());
        // All have the notes of the last change that succeeded.
        const std::string notes = library.takes().find(ids.front())->notes;
        for (const std::int64_t id : ids)
            QCOMPARE(library.takes().find(id)->notes, notes);
        makeRoom();
        QVERIFY(library.check().empty());
        library.marks().setNotes(ids, "there is room again");
    }
    Library library(m_folder);
    QVERIFY(library.problems().empty());
    QCOMPARE(library.takes().find(ids.back())->notes, std::string("there is room again"));
    QVERIFY(library.files().verify(true).clean());
}

void FullDiskTest::opensOnAFullDisk() {
    {
        Library library(m_folder);
        library.takes().add(tone(), facts("there"));
    }
    fill(0);
    const auto refused = refusal([&] { Library library(m_folder); });
    if (refused) QVERIFY2(refused->kind == Kind::DiskFull, refused->line.c_str());
    QVERIFY(refusal([&] { Library none(m_disk / "new"); }));
    makeRoom();
    Library library(m_folder);
    QCOMPARE(library.takes().count(), std::size_t{1});
    QVERIFY(library.check().empty());
}

QTEST_GUILESS_MAIN(FullDiskTest)
#include "FullDiskTest.moc"
