#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include "engine/audio/SoundFile.h"

#include <QtTest/QtTest>

#include <limits>

using namespace n2m;
using namespace n2m::storage;
using namespace n2m::test;
namespace fs = std::filesystem;

class TakeStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void savesFileAndRow();
    void keepsLoudSoundAsFloat();
    void givesFreeNames_data();
    void givesFreeNames();
    void fillsInFromTheRecipe();
    void refusesBadClips();
    void pagesInOrder();
    void findsByFile();
    void knowsTheLastSeed();
};

void TakeStoreTest::savesFileAndRow() {
    const LibraryFolder folder;
    Library library(folder.path());
    Take given = facts("A slow, sad piano ballad");
    given.created = 1795359845000; // 2026-11-22 15:04:05 UTC
    given.tags = {" piano", "Piano", "evening "};
    given.starred = true;
    given.rating = 4;
    given.notes = "for the film";
    const audio::Clip clip = tone();
    const Take saved = library.takes().add(clip, given);

    QCOMPARE(saved.file.string(), std::string("clips/2026-11/a-slow-sad-piano-ballad-7.flac"));
    QCOMPARE(saved.seconds, 0.25);
    QCOMPARE(saved.sampleRate, 24000);
    QCOMPARE(saved.tags, (std::vector<std::string>{"evening", "piano"}));
    const auto found = library.takes().find(saved.id);
    QVERIFY(found);
    QVERIFY(*found == saved);
    QCOMPARE(found->request, given.request);
    QCOMPARE(found->recipe, given.recipe);
    QVERIFY(!library.takes().find(saved.id + 1));

    // 24 bit: half a step of 2^-23, and the recipe is in the file.
    const fs::path file = library.takes().pathOf(saved);
    const audio::Clip read = audio::readSoundFile(file);
    QCOMPARE(read.samples.size(), clip.samples.size());
    for (std::size_t i = 0; i < clip.samples.size(); ++i)
        QVERIFY(std::abs(read.samples[i] - clip.samples[i]) <= 1.0f / (1 << 23));
    const audio::Metadata metadata = audio::readMetadata(file);
    QCOMPARE(metadata.recipe, given.recipe);
    QCOMPARE(metadata.date, std::string("2026-11-22T15:04:05Z"));
    QCOMPARE(metadata.title, given.prompt);
    // No temporary file remains.
    QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()), 1);
    QVERIFY(library.files().verify(true).clean());
}

void TakeStoreTest::keepsLoudSoundAsFloat() {
    const LibraryFolder folder;
    Library library(folder.path());
    const audio::Clip clip = tone(0.1, 1.5f);
    const Take saved = library.takes().add(clip, facts("loud"));
    QCOMPARE(saved.file.extension().string(), std::string(".wav"));
    QCOMPARE(audio::readSoundFile(library.takes().pathOf(saved)).samples, clip.samples); // to the bit
    QCOMPARE(audio::readMetadata(library.takes().pathOf(saved)).recipe, saved.recipe);
}

void TakeStoreTest::givesFreeNames_data() {
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("name");
    QTest::newRow("letters of any script")
        << QStringLiteral("Für Élise — 日本") << QStringLiteral("für-Élise-—-日本-7");
    QTest::newRow("nothing") << QStringLiteral("???") << QStringLiteral("clip-7");
    QTest::newRow("a path") << QStringLiteral("../../etc/passwd") << QStringLiteral("etc-passwd-7");
    QTest::newRow("long") << QStringLiteral(
                                 "a very long prompt that goes on and on and on about what it would like to hear")
                          << QStringLiteral("a-very-long-prompt-that-goes-on-and-on-and-on-about-what-it-7");
    QTest::newRow("long without spaces") << QString(200, QChar(u'ß'))
                                         << QString(30, QChar(u'ß')) + QStringLiteral("-7");
}

void TakeStoreTest::givesFreeNames() {
    QFETCH(QString, prompt);
    QFETCH(QString, name);
    const LibraryFolder folder;
    Library library(folder.path());
    const Take first = library.takes().add(tone(), facts(prompt.toStdString()));
    QCOMPARE(QString::fromStdString(first.file.stem().string()), name);
    const Take second = library.takes().add(tone(), facts(prompt.toStdString()));
    QCOMPARE(QString::fromStdString(second.file.stem().string()), name + QStringLiteral("-2"));
    QVERIFY(library.files().verify().clean());
}

void TakeStoreTest::fillsInFromTheRecipe() {
    const LibraryFolder folder;
    Library library(folder.path());
    Take given;
    given.recipe = recipe("only the recipe knows", 18446744073709551615u);
    const Take saved = library.takes().add(tone(), given);
    QCOMPARE(saved.prompt, std::string("only the recipe knows"));
    QCOMPARE(saved.negativePrompt, std::string("drums"));
    QCOMPARE(saved.seed, std::uint64_t{18446744073709551615u});
    QCOMPARE(saved.bpm, 96.5);
    QCOMPARE(saved.key, std::string("A minor"));
    QCOMPARE(saved.chords, std::string("Am F"));
    QCOMPARE(saved.bundle, std::string("0123456789abcdef"));
    QVERIFY(saved.created > 1700000000000);
    QCOMPARE(library.takes().find(saved.id)->seed, saved.seed);
    // A damaged recipe does no harm.
    for (const char* bad :
         {"", "no JSON", "[1]", R"({"prompt": 3, "seed": "x", "plan": {"chords": 5, "bpm": 1e999}})"}) {
        Take broken = facts("broken");
        broken.recipe = bad;
        QCOMPARE(library.takes().add(tone(), broken).prompt, std::string("broken"));
    }
}

void TakeStoreTest::refusesBadClips() {
    const LibraryFolder folder;
    Library library(folder.path());
    QVERIFY(!complaint([&] { library.takes().add({}, facts("empty")); }).empty());
    audio::Clip clip = tone();
    clip.samples[3] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!complaint([&] { library.takes().add(clip, facts("not finite")); }).empty());
    Take rated = facts("rated");
    rated.rating = 6;
    QVERIFY(!complaint([&] { library.takes().add(tone(), rated); }).empty());
    QCOMPARE(library.takes().count(), std::size_t{0});
    QVERIFY(library.files().verify().clean());
}

void TakeStoreTest::pagesInOrder() {
    const LibraryFolder folder;
    Library library(folder.path());
    std::vector<std::int64_t> ids;
    for (std::uint64_t seed = 0; seed < 5; ++seed)
        ids.push_back(library.takes().add(tone(), facts("page", seed)).id);
    library.marks().setTags({ids[1]}, {"x"});
    const auto page = library.takes().page({ids[3], 999, ids[1], ids[1]});
    QCOMPARE(page.size(), std::size_t{3});
    QCOMPARE(page[0].id, ids[3]);
    QCOMPARE(page[1].tags, std::vector<std::string>{"x"});
    QVERIFY(page[0].recipe.empty() && page[0].request.empty() && page[0].plan.empty());
    QCOMPARE(page[0].key, std::string("A minor"));
}

void TakeStoreTest::findsByFile() {
    const LibraryFolder folder;
    Library library(folder.path());
    const Take take = library.takes().add(tone(), facts("a"));
    QCOMPARE(library.takes().findFile(take.file)->id, take.id);
    QCOMPARE(library.takes().findFile(library.takes().pathOf(take))->id, take.id);
    QVERIFY(!library.takes().findFile("clips/none.flac"));
    QVERIFY(!library.takes().findFile("/etc/passwd"));
}

void TakeStoreTest::knowsTheLastSeed() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    TakeFiles& files = library.files();
    QVERIFY(!takes.lastSeed());
    constexpr std::uint64_t large = std::numeric_limits<std::uint64_t>::max();
    const auto add = [&](std::int64_t created, std::uint64_t seed, Origin origin) {
        Take take;
        take.created = created;
        take.seed = seed;
        take.origin = origin;
        return takes.add(tone(), take).id;
    };
    add(1000, 1, Origin::Generated);
    add(2000, large, Origin::Generated);
    add(3000, 3, Origin::Imported);
    const std::int64_t newest = add(4000, 4, Origin::Generated);
    QCOMPARE(takes.lastSeed(), std::optional<std::uint64_t>(4));
    files.trash({newest});
    QCOMPARE(takes.lastSeed(), std::optional(large));
}

QTEST_GUILESS_MAIN(TakeStoreTest)
#include "TakeStoreTest.moc"
