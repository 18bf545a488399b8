#include "storage/Excerpt.h"
#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include "engine/audio/SoundFile.h"

#include <QtTest/QtTest>

#include <fstream>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

class ExcerptTest : public QObject {
    Q_OBJECT

    static std::vector<float> part(const audio::Clip& clip, const audio::FrameRange& range) {
        return {clip.samples.begin() + range.begin * clip.channels, clip.samples.begin() + range.end * clip.channels};
    }

private Q_SLOTS:
    void isExactAndSaysWhatItIs();
    void keepsSamplesBeyondFullScale();
    void theSameStretchIsTheSameFile();
    void namesDoNotLeaveTheFolder();
    void isNoClipOfTheLibrary();
    void nothingIsRefused();
};

void ExcerptTest::isExactAndSaysWhatItIs() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(2.0), facts("slow piano"));
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    const audio::FrameRange range{12001, 30007};
    const fs::path file = writeExcerpt(library.folder(), take, clip, range);
    QCOMPARE(file, library.folder() / "excerpts" / "slow-piano-7-0.500-1.250s.flac");
    QCOMPARE(audio::readSoundFile(file).samples, part(clip, range));
    const auto metadata = audio::readMetadata(file), whole = audio::readMetadata(library.takes().pathOf(take));
    QCOMPARE(metadata.recipe, whole.recipe);
    QVERIFY(!metadata.recipe.empty());
    QCOMPARE(metadata.title, whole.title + " (0.500-1.250s)");
}

void ExcerptTest::keepsSamplesBeyondFullScale() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(1.0, 1.7f), facts("loud"));
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    const fs::path file = writeExcerpt(library.folder(), take, clip, {0, 5000});
    QCOMPARE(file.extension(), fs::path(".wav"));
    QCOMPARE(audio::readSoundFile(file).samples, part(clip, {0, 5000}));
}

void ExcerptTest::theSameStretchIsTheSameFile() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(1.0), facts("a"));
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    const fs::path first = writeExcerpt(library.folder(), take, clip, {0, 2400});
    const auto written = fs::last_write_time(first);
    QCOMPARE(writeExcerpt(library.folder(), take, clip, {0, 2400}), first);
    QVERIFY(fs::last_write_time(first) == written);
    // An excerpt of the same name, equal to the millisecond, or a foreign file is not overwritten.
    const fs::path second = writeExcerpt(library.folder(), take, clip, {0, 2401});
    QVERIFY(second != first);
    QCOMPARE(audio::readSoundFile(first).frames(), std::size_t{2400});
    QCOMPARE(audio::readSoundFile(second).frames(), std::size_t{2401});
    std::ofstream(first) << "somebody's";
    const fs::path third = writeExcerpt(library.folder(), take, clip, {0, 2400});
    QVERIFY(third != first && third != second);
    QCOMPARE(fs::file_size(first), std::uintmax_t{10});
}

void ExcerptTest::namesDoNotLeaveTheFolder() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(1.0), facts("a"));
    library.marks().setTitle({take.id}, "../../To Elise / Nr. 2");
    const Take titled = *library.takes().find(take.id);
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    const fs::path file = writeExcerpt(library.folder(), titled, clip, {0, 2400});
    QCOMPARE(file, library.folder() / "excerpts" / "to-elise-nr-2-0.000-0.100s.flac");
    QCOMPARE(audio::readMetadata(file).title, std::string("../../To Elise / Nr. 2 (0.000-0.100s)"));
}

void ExcerptTest::isNoClipOfTheLibrary() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(1.0), facts("a"));
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    const fs::path file = writeExcerpt(library.folder(), take, clip, {0, 2400});
    QVERIFY(library.files().verify(true).clean());
    QCOMPARE(library.files().rebuild().added, 0);
    QCOMPARE(library.takes().count(), std::size_t{1});
    // An imported excerpt is copied, so that the file of another program does not move into the trash with a clip.
    const Take copy = library.takes().import(file).take;
    library.files().trash({copy.id});
    library.files().deleteTrashed(library.takes().trashedIds());
    QVERIFY(fs::exists(file));
}

void ExcerptTest::nothingIsRefused() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(1.0), facts("a"));
    const audio::Clip clip = audio::readSoundFile(library.takes().pathOf(take));
    for (const audio::FrameRange range :
         {audio::FrameRange{5, 5}, audio::FrameRange{-1, 5}, audio::FrameRange{0, 24001}})
        QVERIFY(!complaint([&] { writeExcerpt(library.folder(), take, clip, range); }).empty());
    QVERIFY(!fs::exists(library.folder() / "excerpts"));
}

QTEST_GUILESS_MAIN(ExcerptTest)
#include "ExcerptTest.moc"
