#include "storage/Library.h"
#include "tests/storage/LibraryFolder.h"

#include <QtTest/QtTest>

using namespace n2m::storage;
using namespace n2m::test;

class TakeQueryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void finds_data();
    void finds();
    void complains_data();
    void complains();
    void readsTerms();
    void sorts_data();
    void sorts();
    void findsByDate();
    void findsABoardByItself();
    void knowsWhatMarksChange();
    void followsChanges();

private:
    QString found(const std::string& text, TakeQuery::Sort sort = TakeQuery::Sort::Created, bool descending = false);

    LibraryFolder m_folder;
    std::unique_ptr<Library> m_library;
    std::vector<std::int64_t> m_ids; ///< of the takes a, b, c, …
};

/// The takes that a search finds, as letters, oldest first.
QString TakeQueryTest::found(const std::string& text, TakeQuery::Sort sort, bool descending) {
    TakeQuery query = TakeQuery::parse(text);
    query.sort = sort;
    query.descending = descending;
    QString letters;
    for (const std::int64_t id : m_library->takes().ids(query)) {
        const auto at = std::find(m_ids.begin(), m_ids.end(), id);
        letters += QLatin1Char(static_cast<char>('a' + (at - m_ids.begin())));
    }
    return letters;
}

void TakeQueryTest::initTestCase() {
    qputenv("TZ", "Europe/Berlin"); // UTC+1 in winter
    m_library = std::make_unique<Library>(m_folder.path());
    TakeStore& takes = m_library->takes();
    MarkStore& marks = m_library->marks();
    TakeFiles& files = m_library->files();
    const auto add = [&](const char* prompt, std::uint64_t seed, double bpm, const char* key, const char* chords,
                         double seconds, std::int64_t created, float amplitude = 0.5f) {
        Take take;
        take.prompt = prompt;
        take.seed = seed;
        take.bpm = bpm;
        take.key = key;
        take.chords = chords;
        take.created = created;
        m_ids.push_back(takes.add(tone(seconds, amplitude), take).id);
    };
    // 2026-10-31 22:59:59 UTC is still October in Berlin, a second later November begins.
    add("A slow piano ballad", 7, 72.0, "A minor", "Am F C G", 0.25, 1793487599000);
    add("Fast rock with piano solo", 18446744073709551615u, 160.0, "E minor", "Em Am", 0.5, 1793487600000);
    add("Café jazz, pianissimo", 9, 119.6, "F# major", "F#maj7", 1.0, 1795302000000); // 2026-11-22 in Berlin
    add("日本の音楽 with drums", 0, 0.0, "", "", 0.25, 1798758000000, 1.5f);          // 2027-01-01; loud: a WAV
    Take imported;
    imported.origin = Origin::Imported;
    imported.title = "Field recording";
    imported.created = 1798758000001;
    m_ids.push_back(takes.add(tone(), imported).id); // e
    marks.setStarred({m_ids[0], m_ids[2]}, true);
    marks.setRating({m_ids[0]}, 5);
    marks.setRating({m_ids[1]}, 3);
    marks.setTags({m_ids[0]}, {"Night music", "100%"});
    marks.setTags({m_ids[1]}, {"nightmare"});
    marks.setNotes({m_ids[3]}, "the \"good\" one");
    const auto board = marks.createBoard("Film");
    marks.addToBoard(board, {m_ids[2], m_ids[3]});
    Take trashed;
    trashed.prompt = "piano in the trash";
    trashed.created = 1798758000002;
    m_ids.push_back(takes.add(tone(), trashed).id); // f
    files.trash({m_ids[5]});
}

void TakeQueryTest::finds_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("letters");
    const auto row = [](const char* text, const char* letters) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(letters);
    };
    row("", "abcde");
    row("piano", "ab");
    row("PIAN", "abc"); // beginnings, any case
    row("pian slow", "a");
    row("cafe", "c"); // without regard to accents
    row("日本", "d");
    row("\"slow piano\"", "a");
    row("\"piano slow\"", "");
    row("\"slow pian\"", "");
    row("\"slow pian", "a"); // still being typed
    row("piano -rock", "a");
    row("-piano", "cde");
    row("-", "abcde");
    row("... , !", "abcde");
    row("slow – piano", "a"); // a dash outside ASCII
    row("… pian title:—", "abc");
    row("AND", "");
    row("piano OR rock", ""); // words, not operators
    row("night", "ab");       // tags are among the words
    row("field", "e");        // and titles
    row("good", "d");         // and notes
    row("\"the good\"", "d");
    row("prompt:night", "");
    row("notes:good", "d");
    row("title:field", "e");
    row("prompt:\"slow piano\" is:starred", "a");
    row("tag:night", "ab");
    row("tag:\"night music\"", "a");
    row("tag:\"night\"", "");
    row("tag:100%", "a");
    row("tag:%", "");
    row("-tag:night", "cde");
    row("board:film", "cd");
    row("board:film -board:film", "");
    row("key:Am", "a");
    row("key:\"a minor\"", "a");
    row("key:E", "b");
    row("key:F#", "c");
    row("key:F", "");
    row("chords:Am", "ab");
    row("chords:\"F C\"", "a");
    row("chords:A", "");
    row("seed:7", "a");
    row("seed:0", "d"); // imported takes have no seed
    row("seed:18446744073709551615", "b");
    row("rating:>=4", "a");
    row("rating:3", "b");
    row("rating:>3", "a");
    row("rating:1..3", "b");
    row("rating:0", "cde");
    row("-rating:0", "ab");
    row("duration:>0.25", "bc");
    row("duration:>=0.25", "abcde");
    row("duration:0.5", "b");
    row("duration:1", "bc"); // shown as 1 from 0.5 on
    row("bpm:90..120", "c");
    row("bpm:120", "c"); // 119.6
    row("bpm:120.0", "");
    row("bpm:<100", "a"); // not those without
    row("bpm:..100", "a");
    row("bpm:100..", "bc");
    row("rate:24000", "abcde");
    row("channels:2", "");
    row("origin:imported", "e");
    row("origin:gen", "abcd");
    row("file:.wav", "d");
    row("file:BALLAD", "a");
    row("is:starred", "ac");
    row("-is:starred", "bde");
    row("is:rated is:tagged", "ab");
    row("is:trashed", "f");
    row("is:trashed piano", "f");
    row("is:trashed rock", "");
    row("Rating:>=4 KEY:am", "a");
    row("\"key:am\"", ""); // in quotes a colon has no meaning
    row("12:30", "");
}

void TakeQueryTest::finds() {
    QFETCH(QString, text);
    QTEST(found(text.toStdString()), "letters");
}

void TakeQueryTest::complains_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("line");
    const auto row = [](const char* text, const char* line) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(line);
    };
    row("speed:3", "there is no field 'speed'");
    row("rating:", "rating: is not understood; write rating:4, rating:>=4, rating:<4 or rating:4..5");
    row("rating:good", "rating:good is not understood");
    row("bpm:90..fast", "bpm:90..fast is not understood");
    row("bpm:nan", "bpm:nan is not understood");
    row("duration:>", "duration:> is not understood");
    row("seed:-1", "seed:-1 is not understood");
    row("seed:18446744073709551616", "seed:18446744073709551616 is not understood");
    row("is:good", "is:good is not understood; write is:starred");
    row("date:yesterday", "date:yesterday is not understood");
    row("date:2026-13", "date:2026-13 is not understood");
    row("date:2026-11-22-3", "date:2026-11-22-3 is not understood");
    row("date:2026-", "date:2026- is not understood");
    row("origin:mars", "origin:mars is not understood");
    row("tag:", "tag: is not understood");
}

void TakeQueryTest::complains() {
    QFETCH(QString, text);
    QFETCH(QString, line);
    const std::string said = complaint([&] { TakeQuery::parse(text.toStdString()); });
    QVERIFY2(QString::fromStdString(said).startsWith(line), said.c_str());
    QVERIFY(said.find('\n') == std::string::npos);
}

void TakeQueryTest::readsTerms() {
    const TakeQuery query = TakeQuery::parse("  slow -key:\"A minor\" bpm:>90 ");
    QCOMPARE(query.terms.size(), std::size_t{3});
    QCOMPARE(query.terms[0].text, std::string("slow"));
    QVERIFY(query.terms[1].excluded && query.terms[1].phrase);
    QCOMPARE(query.terms[1].text, std::string("A minor"));
    QVERIFY(query.terms[2].least > 90.0 && query.terms[2].least < 90.0000001);
    QVERIFY(std::isinf(query.terms[2].most));
}

void TakeQueryTest::sorts_data() {
    QTest::addColumn<TakeQuery::Sort>("sort");
    QTest::addColumn<QString>("ascending");
    QTest::addColumn<QString>("descending");
    using Sort = TakeQuery::Sort;
    QTest::newRow("created") << Sort::Created << QStringLiteral("abcde") << QStringLiteral("edcba");
    // Without title by prompt: "A slow", "Café", "Fast", "Field recording", "日本"
    QTest::newRow("title") << Sort::Title << QStringLiteral("acbed") << QStringLiteral("debca");
    // Equal ones by their creation, in the same direction.
    QTest::newRow("duration") << Sort::Duration << QStringLiteral("adebc") << QStringLiteral("cbeda");
    QTest::newRow("bpm") << Sort::Bpm << QStringLiteral("deacb") << QStringLiteral("bcaed");
    QTest::newRow("key") << Sort::Key << QStringLiteral("deabc") << QStringLiteral("cbaed");
    QTest::newRow("rating") << Sort::Rating << QStringLiteral("cdeba") << QStringLiteral("abedc");
}

void TakeQueryTest::sorts() {
    QFETCH(TakeQuery::Sort, sort);
    QTEST(found("", sort, false), "ascending");
    QTEST(found("", sort, true), "descending");
}

void TakeQueryTest::findsByDate() {
    QCOMPARE(found("date:2026"), QStringLiteral("abc"));
    QCOMPARE(found("date:2026-10"), QStringLiteral("a"));
    QCOMPARE(found("date:2026-11"), QStringLiteral("bc"));
    QCOMPARE(found("date:2026-11-22"), QStringLiteral("c"));
    QCOMPARE(found("date:>2026-11-01"), QStringLiteral("cde"));
    QCOMPARE(found("date:>=2026-11"), QStringLiteral("bcde"));
    QCOMPARE(found("date:<2026-11"), QStringLiteral("a"));
    QCOMPARE(found("date:<=2026-11"), QStringLiteral("abc"));
    QCOMPARE(found("date:2026-10..2026-11-21"), QStringLiteral("ab"));
    QCOMPARE(found("date:2027-01-01"), QStringLiteral("de"));
}

void TakeQueryTest::findsABoardByItself() {
    TakeStore& takes = m_library->takes();
    MarkStore& marks = m_library->marks();
    const auto board = marks.createBoard("the \"last\" % night"); // this name cannot be typed in a search field
    marks.addToBoard(board, {m_ids[1]});
    TakeQuery query = TakeQuery::parse("drums"); // not on it
    query.terms.push_back({});
    query.terms.back().field = TakeQuery::Field::Board;
    query.terms.back().board = board;
    QVERIFY(takes.ids(query).empty());
    query.terms.erase(query.terms.begin());
    QCOMPARE(takes.ids(query), std::vector<std::int64_t>{m_ids[1]});
    query.terms.back().excluded = true;
    QCOMPARE(takes.ids(query).size(), std::size_t{4});
    marks.removeBoard(board);
}

void TakeQueryTest::knowsWhatMarksChange() {
    for (const char* text : {"piano", "-piano", "title:a", "notes:a", "tag:a", "board:a", "rating:>2", "is:starred",
                             "-is:rated", "is:tagged", "seed:7 is:starred"})
        QVERIFY2(TakeQuery::parse(text).dependsOnMarks(), text);
    for (const char* text : {"", "prompt:piano", "negative:a", "seed:7", "key:\"A minor\" bpm:90..120", "is:trashed",
                             "date:2026", "origin:imported", "duration:>3"})
        QVERIFY2(!TakeQuery::parse(text).dependsOnMarks(), text);
    using Sort = TakeQuery::Sort;
    for (const Sort sort : {Sort::Created, Sort::Title, Sort::Duration, Sort::Bpm, Sort::Key, Sort::Rating}) {
        TakeQuery query;
        query.sort = sort;
        QCOMPARE(query.dependsOnMarks(), sort == Sort::Title || sort == Sort::Rating);
    }
}

void TakeQueryTest::followsChanges() {
    MarkStore& marks = m_library->marks();
    TakeFiles& files = m_library->files();
    marks.setNotes({m_ids[4]}, "zither");
    QCOMPARE(found("zith"), QStringLiteral("e"));
    marks.setNotes({m_ids[4]}, "");
    QCOMPARE(found("zith"), QString());
    marks.addTags({m_ids[4]}, {"zoo"});
    QCOMPARE(found("zoo"), QStringLiteral("e"));
    marks.removeTags({m_ids[4]}, {"zoo"});
    QCOMPARE(found("zoo"), QString());
    files.trash({m_ids[4]});
    QCOMPARE(found("field"), QString());
    files.restore({m_ids[4]});
    QCOMPARE(found("field"), QStringLiteral("e"));
}

QTEST_GUILESS_MAIN(TakeQueryTest)
#include "TakeQueryTest.moc"
