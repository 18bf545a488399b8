#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include "engine/audio/SoundFile.h"

#include <QtTest/QtTest>

#include <fstream>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

/// The trash, verifying and rebuilding.
class TakeFilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trashesAndRestores();
    void restoresBesideANewFile();
    void emptiesTheTrash();
    void deletesOnlyWhatItWasAskedFor();
    void whatIsTakenOutOfTheTrashMeanwhileStays();
    void deletionStopsBetweenTwo();
    void movesAllOrNone();
    void verifies();
    void readsAllIfAsked();
    void rebuildsFromTheFolder();
    void findsMovedFiles();
    void stopsWhenTheWatcherThrows();
    void whatAnotherProgramTakesInMeanwhileIsNoTrouble();
    void forgets();
};

void TakeFilesTest::trashesAndRestores() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    const Take a = takes.add(tone(), facts("a")), b = takes.add(tone(), facts("b"));
    marks.setStarred({a.id}, true);
    files.trash({a.id, 999});
    const Take gone = *takes.find(a.id);
    QVERIFY(gone.trashed);
    QCOMPARE(gone.file, fs::path("trash") / a.file.lexically_relative("clips"));
    QVERIFY(fs::exists(takes.pathOf(gone)) && !fs::exists(folder.path() / a.file));
    QCOMPARE(takes.ids(), std::vector{b.id});
    QCOMPARE(takes.ids(TakeQuery::parse("is:trashed")), std::vector{a.id});
    QCOMPARE(takes.count(), std::size_t{1});
    QCOMPARE(takes.trashCount(), std::size_t{1});
    const auto when = gone.trashed;
    files.trash({a.id}); // again: nothing
    QVERIFY(takes.find(a.id)->trashed == when);

    files.restore({a.id, b.id});
    QVERIFY(takes.find(a.id)->trashed == std::nullopt);
    QCOMPARE(takes.find(a.id)->file, a.file);
    QVERIFY(takes.find(a.id)->starred);
    QCOMPARE(takes.count(), std::size_t{2});
    QVERIFY(files.verify(true).clean());
}

void TakeFilesTest::restoresBesideANewFile() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    const Take old = takes.add(tone(), facts("same"));
    files.trash({old.id});
    const Take fresh = takes.add(tone(0.5), facts("same"));
    QCOMPARE(fresh.file, old.file);
    files.restore({old.id});
    QCOMPARE(takes.find(old.id)->file.stem().string(), old.file.stem().string() + "-2");
    QCOMPARE(takes.find(fresh.id)->file, fresh.file);
    QVERIFY(files.verify(true).clean());
}

void TakeFilesTest::emptiesTheTrash() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    const Take a = takes.add(tone(), facts("a")), b = takes.add(tone(), facts("b")), c = takes.add(tone(), facts("c"));
    marks.addTags({a.id}, {"gone with it"});
    files.trash({a.id, b.id});
    fs::remove(takes.pathOf(*takes.find(b.id))); // deleted by hand, which does no harm
    QCOMPARE(files.deleteTrashed(takes.trashedIds()), std::size_t{2});
    QVERIFY(!takes.find(a.id) && !takes.find(b.id) && takes.find(c.id));
    QVERIFY(marks.tags().empty());
    QVERIFY(takes.ids(TakeQuery::parse("a")).empty());
    QVERIFY(!fs::exists(folder.path() / "trash" / a.file.lexically_relative("clips")));
    QVERIFY(files.verify().clean());
    QVERIFY(library.check().empty());
    QCOMPARE(files.deleteTrashed(takes.trashedIds()), std::size_t{0});
    QVERIFY(takes.add(tone(), facts("d")).id > c.id); // ids are never given again
}

void TakeFilesTest::deletesOnlyWhatItWasAskedFor() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    const Take a = takes.add(tone(), facts("a")), b = takes.add(tone(), facts("b")), c = takes.add(tone(), facts("c"));
    files.trash({a.id, c.id});
    QCOMPARE(files.deleteTrashed({a.id, b.id, 999}), std::size_t{1}); // b is not in the trash
    QVERIFY(!takes.find(a.id) && takes.find(b.id) && takes.find(c.id));
    QVERIFY(files.verify(true).clean());
}

void TakeFilesTest::whatIsTakenOutOfTheTrashMeanwhileStays() {
    const LibraryFolder folder;
    Library library(folder.path()), other(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 50; ++i)
        ids.push_back(takes.add(tone(), facts("one of many")).id);
    marks.addTags({ids.back()}, {"mine"});
    files.trash(ids);
    bool restored = false;
    const auto count = files.deleteTrashed(ids, [&](std::size_t done, std::size_t) {
        if (done > 0 && !std::exchange(restored, true)) other.files().restore({ids.back()});
    });
    QCOMPARE(count, std::size_t{49});
    QCOMPARE(takes.ids(), std::vector<std::int64_t>{ids.back()});
    QCOMPARE(takes.find(ids.back())->tags, std::vector<std::string>{"mine"});
    QVERIFY(fs::exists(takes.pathOf(*takes.find(ids.back()))));
    QVERIFY(files.verify(true).clean());
}

void TakeFilesTest::deletionStopsBetweenTwo() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 50; ++i)
        ids.push_back(takes.add(tone(), facts("one of many")).id);
    files.trash(ids);
    struct Enough {};
    QVERIFY_THROWS_EXCEPTION(Enough, files.deleteTrashed(ids, [](std::size_t done, std::size_t) {
        if (done > 0) throw Enough();
    }));
    QVERIFY(takes.trashCount() > 0 && takes.trashCount() < 50);
    QVERIFY(files.verify(true).clean());
}

void TakeFilesTest::movesAllOrNone() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    const Take a = takes.add(tone(), facts("a"));
    Take other = facts("b");
    other.created = 1000; // in another month's folder
    const Take b = takes.add(tone(), other);
    fs::create_directories(folder.path() / "trash");
    std::ofstream(folder.path() / "trash/1970-01") << "in the way of the folder for b";
    QVERIFY(refusal([&] { files.trash({a.id, b.id}); }));
    QCOMPARE(takes.find(a.id)->file, a.file);
    QVERIFY(!takes.find(a.id)->trashed);
    QVERIFY(files.verify(true).clean());
    files.trash({a.id}); // and nothing blocks it later
    QVERIFY(takes.find(a.id)->trashed);
}

void TakeFilesTest::verifies() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    const Take same = takes.add(tone(), facts("same")), gone = takes.add(tone(), facts("gone")),
               changed = takes.add(tone(), facts("changed")), touched = takes.add(tone(), facts("touched"));
    fs::remove(takes.pathOf(gone));
    audio::writeSoundFile(takes.pathOf(changed), tone(0.3));
    fs::last_write_time(takes.pathOf(touched), fs::file_time_type::clock::now() - std::chrono::hours(5));
    audio::writeSoundFile(folder.path() / "clips/unknown.ogg", tone());
    std::ofstream(folder.path() / "clips/cover.jpg") << "of no interest";
    std::ofstream(folder.path() / "clips/.hidden.flac.1-1.part") << "of no interest";

    std::size_t calls = 0, last = 0;
    const FileReport report = files.verify(false, [&](std::size_t done, std::size_t of) {
        ++calls;
        last = done;
        QCOMPARE(of, std::size_t{4});
    });
    QCOMPARE(report.missing, std::vector{gone.id});
    QCOMPARE(report.changed, std::vector{changed.id});
    QVERIFY(report.unknown == std::vector<fs::path>{"clips/unknown.ogg"});
    QVERIFY(report.unreadable.empty());
    QCOMPARE(calls, std::size_t{5});
    QCOMPARE(last, std::size_t{4});
}

void TakeFilesTest::readsAllIfAsked() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(), facts("a"));
    const fs::path file = library.takes().pathOf(take);
    const auto time = fs::last_write_time(file);
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(static_cast<std::streamoff>(fs::file_size(file) / 2));
    stream << "!!!!";
    stream.close();
    fs::last_write_time(file, time); // as a failing disk would do it
    QVERIFY(library.files().verify(false).changed.empty());
    QCOMPARE(library.files().verify(true).changed, std::vector{take.id});
}

void TakeFilesTest::rebuildsFromTheFolder() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    const Take kept = takes.add(tone(), facts("kept"));
    marks.setStarred({kept.id}, true);
    const Take gone = takes.add(tone(), facts("gone"));
    fs::remove(takes.pathOf(gone));
    audio::Metadata metadata;
    metadata.title = "found";
    metadata.recipe = recipe("found", 3);
    fs::create_directories(folder.path() / "trash/2026-01");
    audio::writeSoundFile(folder.path() / "clips/new.flac", tone(0.7), audio::SampleFormat::Pcm24, metadata);
    audio::writeSoundFile(folder.path() / "trash/2026-01/thrown away.wav", tone(0.8), audio::SampleFormat::Pcm24);
    std::ofstream(folder.path() / "clips/broken.flac") << "fLaC, and that is all";

    const RebuildReport report = files.rebuild();
    QCOMPARE(report.kept, 1);
    QCOMPARE(report.added, 2);
    QCOMPARE(report.found, 0);
    QCOMPARE(report.remaining.missing, std::vector{gone.id});
    QVERIFY(report.remaining.unreadable == std::vector<fs::path>{"clips/broken.flac"});
    QVERIFY(report.remaining.unknown.empty());
    QVERIFY(takes.find(kept.id)->starred);
    const Take found = *takes.findFile("clips/new.flac");
    QCOMPARE(found.prompt, std::string("found"));
    QCOMPARE(found.seed, std::uint64_t{3});
    QCOMPARE(found.key, std::string("A minor"));
    QVERIFY(takes.findFile("trash/2026-01/thrown away.wav")->trashed);
    QCOMPARE(files.rebuild().added, 0);
}

void TakeFilesTest::findsMovedFiles() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    const Take a = takes.add(tone(), facts("a")), b = takes.add(tone(), facts("b"));
    marks.setRating({a.id}, 5);
    fs::create_directories(folder.path() / "clips/best of");
    fs::rename(takes.pathOf(a), folder.path() / "clips/best of/Renamed by me.flac");
    fs::copy_file(takes.pathOf(b), folder.path() / "clips/best of/copy of b.flac");
    const RebuildReport report = files.rebuild();
    QCOMPARE(report.found, 1);
    QCOMPARE(report.added, 1); // the copy, as b is where it was
    QVERIFY(report.remaining.clean());
    QCOMPARE(takes.find(a.id)->file.string(), std::string("clips/best of/Renamed by me.flac"));
    QCOMPARE(takes.find(a.id)->rating, 5);
    QVERIFY(files.verify().clean());
}

void TakeFilesTest::stopsWhenTheWatcherThrows() {
    const LibraryFolder folder;
    Library library(folder.path());
    fs::create_directories(folder.path() / "clips");
    for (const char* name : {"clips/a.wav", "clips/b.wav"})
        audio::writeSoundFile(folder.path() / name, tone());
    struct Enough {};
    const auto watch = [](std::size_t done, std::size_t) {
        if (done == 1) throw Enough();
    };
    QVERIFY_THROWS_EXCEPTION(Enough, library.files().rebuild(watch));
    QCOMPARE(library.takes().count(), std::size_t{1}); // the one that was read
    QCOMPARE(library.files().rebuild().remaining.clean(), true);
    QCOMPARE(library.takes().count(), std::size_t{2});
}

void TakeFilesTest::whatAnotherProgramTakesInMeanwhileIsNoTrouble() {
    const LibraryFolder folder;
    Library library(folder.path()), other(folder.path());
    fs::create_directories(folder.path() / "clips");
    for (int i = 0; i < 3; ++i)
        audio::writeSoundFile(folder.path() / fmt::format("clips/{}.wav", i), tone(0.5 + 0.1 * i));
    const RebuildReport report = library.files().rebuild([&](std::size_t done, std::size_t) {
        if (done == 2) other.takes().import(folder.path() / "clips/1.wav");
    });
    QCOMPARE(report.added, 2);
    QCOMPARE(library.takes().count(), std::size_t{3});
    QVERIFY(library.files().verify(true).clean());
}

void TakeFilesTest::forgets() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(), facts("a"));
    library.files().forget({take.id});
    QVERIFY(!library.takes().find(take.id));
    QVERIFY(fs::exists(library.takes().pathOf(take)));
}

QTEST_GUILESS_MAIN(TakeFilesTest)
#include "TakeFilesTest.moc"
