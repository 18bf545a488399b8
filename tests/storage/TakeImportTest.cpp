#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include "engine/audio/SoundFile.h"

#include <QtTest/QtTest>

#include <fstream>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

/// TakeStore::import().
class TakeImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importsByCopying();
    void importsWhatIsInTheFolder();
    void importsTheSameSoundOnce();
    void refusesWhatIsNoSound();
};

void TakeImportTest::importsByCopying() {
    const LibraryFolder folder, elsewhere;
    fs::create_directories(elsewhere.path());
    Library library(folder.path());
    const fs::path plain = elsewhere.path() / "My Song (live).wav";
    audio::Metadata metadata;
    metadata.title = "My Song";
    metadata.comment = "at home";
    audio::writeSoundFile(plain, tone(), audio::SampleFormat::Pcm16, metadata);
    const Take take = library.takes().import(plain).take;
    QCOMPARE(take.origin, Origin::Imported);
    QCOMPARE(take.file.filename().string(), std::string("My Song (live).wav"));
    QCOMPARE(take.title, std::string("My Song"));
    QCOMPARE(take.notes, std::string("at home"));
    QVERIFY(fs::exists(plain));
    QCOMPARE(audio::readSoundFile(library.takes().pathOf(take)).samples, audio::readSoundFile(plain).samples);

    const fs::path made = elsewhere.path() / "made.flac";
    metadata = {};
    metadata.title = "bells";
    metadata.date = "2025-01-02T03:04:05Z";
    metadata.recipe = recipe("bells", 5);
    audio::writeSoundFile(made, tone(), audio::SampleFormat::Pcm24, metadata);
    const Take generated = library.takes().import(made).take;
    QCOMPARE(generated.origin, Origin::Generated);
    QCOMPARE(generated.prompt, std::string("bells"));
    QCOMPARE(generated.title, std::string());
    QCOMPARE(generated.seed, std::uint64_t{5});
    QCOMPARE(generated.created, std::int64_t{1735787045000}); // date -d 2025-01-02T03:04:05Z +%s
    QVERIFY(library.files().verify(true).clean());
}

void TakeImportTest::importsWhatIsInTheFolder() {
    const LibraryFolder folder;
    Library library(folder.path());
    const fs::path inside = library.folder() / "clips/mine/bells.flac";
    fs::create_directories(inside.parent_path());
    audio::writeSoundFile(inside, tone(), audio::SampleFormat::Pcm16);
    const Take take = library.takes().import(inside).take;
    QCOMPARE(take.file.string(), std::string("clips/mine/bells.flac"));
    QCOMPARE(library.takes().import(inside).take.id, take.id); // once
    QCOMPARE(library.takes().count(), std::size_t{1});
}

void TakeImportTest::importsTheSameSoundOnce() {
    const LibraryFolder folder, elsewhere;
    fs::create_directories(elsewhere.path());
    Library library(folder.path());
    const fs::path one = elsewhere.path() / "one.wav", copy = elsewhere.path() / "copy.wav";
    audio::writeSoundFile(one, tone(), audio::SampleFormat::Pcm16);
    fs::copy_file(one, copy);
    const ImportResult first = library.takes().import(one);
    QVERIFY(first.isNew);
    const ImportResult second = library.takes().import(copy);
    QVERIFY(!second.isNew);
    QCOMPARE(second.take.id, first.take.id);
    QCOMPARE(library.takes().count(), std::size_t{1});

    // A clip that was dragged out of the library and comes back is not new.
    const Take made = library.takes().add(tone(2.0), facts("made here"));
    const fs::path dragged = elsewhere.path() / "dragged.flac";
    fs::copy_file(library.takes().pathOf(made), dragged);
    QCOMPARE(library.takes().import(dragged).take.id, made.id);

    // A clip that is in the trash, was changed or is gone from the folder can be imported again.
    library.files().trash({first.take.id});
    const ImportResult again = library.takes().import(copy);
    QVERIFY(again.isNew);
    {
        std::fstream edited(library.takes().pathOf(again.take), std::ios::in | std::ios::out | std::ios::binary);
        edited.seekp(1000);
        edited << "edited in place";
    }
    const ImportResult third = library.takes().import(copy);
    QVERIFY(third.isNew);
    fs::remove(library.takes().pathOf(third.take));
    QVERIFY(library.takes().import(copy).isNew);
}

void TakeImportTest::refusesWhatIsNoSound() {
    const LibraryFolder folder, elsewhere;
    fs::create_directories(elsewhere.path());
    Library library(folder.path());
    const fs::path text = elsewhere.path() / "text.wav";
    std::ofstream(text) << "RIFF, but not really";
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, library.takes().import(text));
    const fs::path silent = elsewhere.path() / "header.wav"; // without samples
    audio::writeSoundFile(silent, tone(), audio::SampleFormat::Pcm16);
    std::fstream header(silent, std::ios::in | std::ios::out | std::ios::binary);
    header.seekp(40);
    header.write("\0\0\0\0", 4);
    header.close();
    fs::resize_file(silent, 44);
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, library.takes().import(silent));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, library.takes().import(elsewhere.path() / "none.wav"));
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, library.takes().import(elsewhere.path()));
    QCOMPARE(library.takes().count(), std::size_t{0});
    QVERIFY(library.files().verify().clean());
}

QTEST_GUILESS_MAIN(TakeImportTest)
#include "TakeImportTest.moc"
