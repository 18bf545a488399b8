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
    void marksSeveral();
    void tags();
    void boards();
    void marksComeBack();
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
    // Nothing half written beside it.
    QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()), 1);
    QVERIFY(library.takes().verifyFiles(true).clean());
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
    QVERIFY(library.takes().verifyFiles().clean());
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
    // What is no recipe does no harm.
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
    QVERIFY(library.takes().verifyFiles().clean());
}

void TakeStoreTest::pagesInOrder() {
    const LibraryFolder folder;
    Library library(folder.path());
    std::vector<std::int64_t> ids;
    for (std::uint64_t seed = 0; seed < 5; ++seed)
        ids.push_back(library.takes().add(tone(), facts("page", seed)).id);
    library.takes().setTags({ids[1]}, {"x"});
    const auto page = library.takes().page({ids[3], 999, ids[1], ids[1]});
    QCOMPARE(page.size(), std::size_t{3});
    QCOMPARE(page[0].id, ids[3]);
    QCOMPARE(page[1].tags, std::vector<std::string>{"x"});
    QVERIFY(page[0].recipe.empty() && page[0].request.empty() && page[0].plan.empty());
    QCOMPARE(page[0].key, std::string("A minor"));
}

void TakeStoreTest::marksSeveral() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id,
               c = takes.add(tone(), facts("c")).id;
    takes.setStarred({a, b, 999}, true);
    takes.setRating({b, c}, 5);
    takes.setTitle({a}, "Title; DROP TABLE takes");
    takes.setNotes({c}, "several\nlines");
    QVERIFY(takes.find(a)->starred && takes.find(b)->starred && !takes.find(c)->starred);
    QCOMPARE(takes.find(b)->rating, 5);
    QCOMPARE(takes.find(a)->title, std::string("Title; DROP TABLE takes"));
    QCOMPARE(takes.find(c)->notes, std::string("several\nlines"));
    QVERIFY(!complaint([&] { takes.setRating({a}, 6); }).empty());
    QVERIFY(!complaint([&] { takes.setRating({a}, -1); }).empty());
    QCOMPARE(takes.find(a)->rating, 0);
    takes.setStarred({a}, false);
    QVERIFY(!takes.find(a)->starred);
}

void TakeStoreTest::tags() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id;
    takes.setTags({a, b, 999}, {"Slow", "piano"});
    takes.addTags({a}, {"SLOW", "night"}); // the first spelling stays
    QCOMPARE(takes.find(a)->tags, (std::vector<std::string>{"night", "piano", "Slow"}));
    QVERIFY(takes.tags() == (std::vector<TagCount>{{"night", 1}, {"piano", 2}, {"Slow", 2}}));
    takes.removeTags({a, b}, {"PIANO", "unknown"});
    QVERIFY(takes.tags() == (std::vector<TagCount>{{"night", 1}, {"Slow", 2}}));
    takes.setTags({a}, {});
    QVERIFY(takes.tags() == (std::vector<TagCount>{{"Slow", 1}}));
    takes.trash({b});
    QVERIFY(takes.tags() == (std::vector<TagCount>{{"Slow", 0}}));
    takes.restore({b});
    for (const std::string& bad : {std::string(), std::string(" \t"), std::string("a\nb"), std::string(101, 'x')})
        QVERIFY(!complaint([&] { takes.setTags({b}, {"good", bad}); }).empty());
    QCOMPARE(takes.find(b)->tags, std::vector<std::string>{"Slow"});
}

void TakeStoreTest::boards() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id;
    const auto film = takes.createBoard(" Film "), album = takes.createBoard("album");
    QCOMPARE(complaint([&] { takes.createBoard("FILM"); }), std::string("there is a board 'FILM' already"));
    QVERIFY(!complaint([&] { takes.renameBoard(album, "film"); }).empty());
    takes.renameBoard(album, "Album");
    takes.addToBoard(film, {a, b, a, 999});
    takes.addToBoard(album, {a});
    takes.addToBoard(12345, {a});
    QVERIFY(takes.boards() == (std::vector<Board>{{album, "Album", 1}, {film, "Film", 2}}));
    QCOMPARE(takes.boardsOf(b).size(), std::size_t{1});
    takes.removeFromBoard(film, {b});
    QVERIFY(takes.boardsOf(b).empty());
    takes.removeBoard(film);
    QVERIFY(takes.boards() == (std::vector<Board>{{album, "Album", 1}}));
    QVERIFY(takes.find(a) && takes.find(b));
}

void TakeStoreTest::marksComeBack() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    Take given = facts("a");
    given.starred = true;
    given.rating = 2;
    given.title = "A title";
    given.notes = "several\nlines";
    given.tags = {"slow"};
    const auto a = takes.add(tone(), given).id, b = takes.add(tone(), facts("b")).id,
               c = takes.add(tone(), facts("c")).id;
    const auto film = takes.createBoard("film"), album = takes.createBoard("album");
    takes.addToBoard(film, {a, b});
    takes.addToBoard(album, {a});
    const auto before = takes.marksOf({b, 999, a});
    QCOMPARE(before.size(), std::size_t{2});
    QVERIFY(before[1] ==
            (Marks{a, true, 2, "A title", "several\nlines", {"slow"}, std::vector<std::int64_t>{film, album}}));

    takes.setStarred({a, b, c}, false);
    takes.setRating({a, b, c}, 5);
    takes.setTitle({a}, "");
    takes.setNotes({b}, "other");
    takes.setTags({a, b, c}, {"fast"});
    takes.removeFromBoard(film, {a});
    takes.addToBoard(album, {b});
    const auto after = takes.marksOf({c, a, b});
    takes.setMarks(before);
    QVERIFY(takes.marksOf({b, a}) == before);
    QVERIFY(takes.marksOf({c}).front() == after.front());                        // it was not asked about
    QCOMPARE(takes.ids(TakeQuery::parse("slow")), std::vector<std::int64_t>{a}); // the words are found again

    takes.removeBoard(film);
    takes.setMarks(after); // a is on album only
    takes.setMarks(before);
    QVERIFY(takes.marksOf({a}).front().boards == std::vector<std::int64_t>{album});
    QVERIFY(takes.marksOf({b}).front().boards.empty());
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
    takes.trash({newest});
    QCOMPARE(takes.lastSeed(), std::optional(large));
}

QTEST_GUILESS_MAIN(TakeStoreTest)
#include "TakeStoreTest.moc"
