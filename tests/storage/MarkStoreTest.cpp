#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

using namespace n2m::storage;
using namespace n2m::test;

class MarkStoreTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void marksSeveral();
    void tags();
    void boards();
    void marksComeBack();
};

void MarkStoreTest::marksSeveral() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id,
               c = takes.add(tone(), facts("c")).id;
    marks.setStarred({a, b, 999}, true);
    marks.setRating({b, c}, 5);
    marks.setTitle({a}, "Title; DROP TABLE takes");
    marks.setNotes({c}, "several\nlines");
    QVERIFY(takes.find(a)->starred && takes.find(b)->starred && !takes.find(c)->starred);
    QCOMPARE(takes.find(b)->rating, 5);
    QCOMPARE(takes.find(a)->title, std::string("Title; DROP TABLE takes"));
    QCOMPARE(takes.find(c)->notes, std::string("several\nlines"));
    QVERIFY(!complaint([&] { marks.setRating({a}, 6); }).empty());
    QVERIFY(!complaint([&] { marks.setRating({a}, -1); }).empty());
    QCOMPARE(takes.find(a)->rating, 0);
    marks.setStarred({a}, false);
    QVERIFY(!takes.find(a)->starred);
}

void MarkStoreTest::tags() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    TakeFiles& files = library.files();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id;
    marks.setTags({a, b, 999}, {"Slow", "piano"});
    marks.addTags({a}, {"SLOW", "night"}); // the first spelling stays
    QCOMPARE(takes.find(a)->tags, (std::vector<std::string>{"night", "piano", "Slow"}));
    QVERIFY(marks.tags() == (std::vector<TagCount>{{"night", 1}, {"piano", 2}, {"Slow", 2}}));
    marks.removeTags({a, b}, {"PIANO", "unknown"});
    QVERIFY(marks.tags() == (std::vector<TagCount>{{"night", 1}, {"Slow", 2}}));
    marks.setTags({a}, {});
    QVERIFY(marks.tags() == (std::vector<TagCount>{{"Slow", 1}}));
    files.trash({b});
    QVERIFY(marks.tags() == (std::vector<TagCount>{{"Slow", 0}}));
    files.restore({b});
    for (const std::string& bad : {std::string(), std::string(" \t"), std::string("a\nb"), std::string(101, 'x')})
        QVERIFY(!complaint([&] { marks.setTags({b}, {"good", bad}); }).empty());
    QCOMPARE(takes.find(b)->tags, std::vector<std::string>{"Slow"});
}

void MarkStoreTest::boards() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    const auto a = takes.add(tone(), facts("a")).id, b = takes.add(tone(), facts("b")).id;
    const auto film = marks.createBoard(" Film "), album = marks.createBoard("album");
    QCOMPARE(complaint([&] { marks.createBoard("FILM"); }), std::string("there is a board 'FILM' already"));
    QVERIFY(!complaint([&] { marks.renameBoard(album, "film"); }).empty());
    marks.renameBoard(album, "Album");
    marks.addToBoard(film, {a, b, a, 999});
    marks.addToBoard(album, {a});
    marks.addToBoard(12345, {a});
    QVERIFY(marks.boards() == (std::vector<Board>{{album, "Album", 1}, {film, "Film", 2}}));
    QCOMPARE(marks.boardsOf(b).size(), std::size_t{1});
    marks.removeFromBoard(film, {b});
    QVERIFY(marks.boardsOf(b).empty());
    marks.removeBoard(film);
    QVERIFY(marks.boards() == (std::vector<Board>{{album, "Album", 1}}));
    QVERIFY(takes.find(a) && takes.find(b));
}

void MarkStoreTest::marksComeBack() {
    const LibraryFolder folder;
    Library library(folder.path());
    TakeStore& takes = library.takes();
    MarkStore& marks = library.marks();
    Take given = facts("a");
    given.starred = true;
    given.rating = 2;
    given.title = "A title";
    given.notes = "several\nlines";
    given.tags = {"slow"};
    const auto a = takes.add(tone(), given).id, b = takes.add(tone(), facts("b")).id,
               c = takes.add(tone(), facts("c")).id;
    const auto film = marks.createBoard("film"), album = marks.createBoard("album");
    marks.addToBoard(film, {a, b});
    marks.addToBoard(album, {a});
    const auto before = marks.marksOf({b, 999, a});
    QCOMPARE(before.size(), std::size_t{2});
    QVERIFY(before[1] ==
            (Marks{a, true, 2, "A title", "several\nlines", {"slow"}, std::vector<std::int64_t>{film, album}}));

    marks.setStarred({a, b, c}, false);
    marks.setRating({a, b, c}, 5);
    marks.setTitle({a}, "");
    marks.setNotes({b}, "other");
    marks.setTags({a, b, c}, {"fast"});
    marks.removeFromBoard(film, {a});
    marks.addToBoard(album, {b});
    const auto after = marks.marksOf({c, a, b});
    marks.setMarks(before);
    QVERIFY(marks.marksOf({b, a}) == before);
    QVERIFY(marks.marksOf({c}).front() == after.front());                        // it was not asked about
    QCOMPARE(takes.ids(TakeQuery::parse("slow")), std::vector<std::int64_t>{a}); // the words are found again

    marks.removeBoard(film);
    marks.setMarks(after); // a is on album only
    marks.setMarks(before);
    QVERIFY(marks.marksOf({a}).front().boards == std::vector<std::int64_t>{album});
    QVERIFY(marks.marksOf({b}).front().boards.empty());
}

QTEST_GUILESS_MAIN(MarkStoreTest)
#include "MarkStoreTest.moc"
