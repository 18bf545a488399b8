#include "engine/plan/Harmony.h"

#include "engine/base/Error.h"

#include <QtTest/QtTest>

#include <stdexcept>

using namespace n2m::plan;

// The expected pitch classes are counted on a keyboard: C = 0 … B = 11.
namespace {

std::uint16_t tones(std::initializer_list<int> pitchClasses) {
    std::uint16_t bits = 0;
    for (const int p : pitchClasses)
        bits |= static_cast<std::uint16_t>(1u << p);
    return bits;
}

std::string symbols(const std::vector<Chord>& chords) {
    std::string line;
    for (const Chord& chord : chords)
        line += (line.empty() ? "" : " ") + toString(chord);
    return line;
}

} // namespace

class HarmonyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keys() {
        QVERIFY(parseKey("A minor") == (Key{9, true}));
        QVERIFY(parseKey(" F# major ") == (Key{6, false}));
        QVERIFY(parseKey("Bb min") == (Key{10, true}));
        QVERIFY(parseKey("c") == (Key{0, true}));
        QVERIFY(parseKey("C") == (Key{0, false}));
        QVERIFY(parseKey("c major") == (Key{0, false}));
        QVERIFY(parseKey("E♭m") == (Key{3, true}));
        QVERIFY(parseKey("EM") == (Key{4, false}));
        QVERIFY(parseKey("Cb") == (Key{11, false}));
        for (int tonic = 0; tonic < 12; ++tonic) {
            for (const bool minor : {false, true}) {
                QVERIFY(parseKey(toString(Key{tonic, minor})) == (Key{tonic, minor}));
            }
        }
    }

    void chords_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("symbol");
        QTest::addColumn<int>("root");
        QTest::addColumn<int>("bits");
        const auto row = [](const char* written, const char* symbol, int root, std::initializer_list<int> p) {
            QTest::newRow(written) << QString::fromUtf8(written) << symbol << root << int(tones(p));
        };
        row("C", "C", 0, {0, 4, 7});
        row("Amin", "Am", 9, {9, 0, 4});
        row("G7", "G7", 7, {7, 11, 2, 5});
        row("FM7", "Fmaj7", 5, {5, 9, 0, 4});
        row("D-7", "Dm7", 2, {2, 5, 9, 0});
        row("B°", "Bdim", 11, {11, 2, 5});
        row("Bo7", "Bdim7", 11, {11, 2, 5, 8});
        row("Bø", "Bm7b5", 11, {11, 2, 5, 9});
        row("C+", "Caug", 0, {0, 4, 8});
        row("Dsus2", "Dsus2", 2, {2, 4, 9});
        row("Dsus", "Dsus4", 2, {2, 7, 9});
        row("C6", "C6", 0, {0, 4, 7, 9});
        row("Am6", "Am6", 9, {9, 0, 4, 6});
        row("C9", "C9", 0, {0, 4, 7, 10, 2});
        row("Cmaj9", "Cmaj9", 0, {0, 4, 7, 11, 2});
        row("Em9", "Em9", 4, {4, 7, 11, 2, 6});
        row("Gadd9", "Gadd9", 7, {7, 11, 2, 9});
        row("G11", "G11", 7, {7, 11, 2, 5, 9, 0});
        row("G13", "G13", 7, {7, 11, 2, 5, 9, 4});
        row("E7b9", "E7b9", 4, {4, 8, 11, 2, 5});
        row("E7#9", "E7#9", 4, {4, 8, 11, 2, 7});
        row("E5", "E5", 4, {4, 11});
        row("C/E", "C/E", 0, {0, 4, 7});
        row("C/Bb", "C/Bb", 0, {0, 4, 7, 10});
        row("C6/9", "C69", 0, {0, 2, 4, 7, 9});
        row("B♭m7", "Bbm7", 10, {10, 1, 5, 8});
        row("am", "Am", 9, {9, 0, 4});
        row("N.C.", "", 0, {});
    }
    void chords() {
        QFETCH(QString, written);
        QFETCH(QString, symbol);
        QFETCH(int, root);
        QFETCH(int, bits);
        const Chord chord = parseChord(written.toStdString());
        QCOMPARE(QString::fromStdString(chord.symbol), symbol);
        QCOMPARE(chord.root, root);
        QCOMPARE(int(chord.tones), bits);
        QVERIFY(parseChord(toString(chord)) == chord);
    }

    void lists() {
        QCOMPARE(symbols(parseChords("Am F C G")), "Am F C G");
        QCOMPARE(symbols(parseChords("| Am, F | C - G |")), "Am F C G");
        QCOMPARE(symbols(parseChords("Am-F-C-G-7")), "Am F C Gm7");
        QCOMPARE(symbols(parseChords("Am % C")), "Am Am C");
        const Progression bars = parseProgression("Am F | C G | %");
        QCOMPARE(bars.size(), std::size_t(3));
        QCOMPARE(symbols(bars[0]), "Am F");
        QCOMPARE(symbols(bars[2]), "C G");
        QCOMPARE(parseProgression("Am F C G").size(), std::size_t(4));
    }

    void degrees_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("degree");
        QTest::addColumn<QString>("chord");
        const auto row = [](const char* key, const char* degree, const char* chord) {
            QTest::addRow("%s in %s", degree, key) << key << QString::fromUtf8(degree) << chord;
        };
        row("A minor", "i", "Am");
        row("A minor", "bVI", "F");
        row("A minor", "bVII", "G");
        row("A minor", "bIII", "C");
        row("A minor", "V7", "E7");
        row("A minor", "iim7b5", "Bm7b5");
        row("A minor", "imaj7", "AmMaj7");
        row("C major", "ii7", "Dm7");
        row("C major", "IVmaj7", "Fmaj7");
        row("C major", "viiø7", "Bm7b5");
        row("C major", "viidim", "Bdim");
        row("C major", "I/3", "C/E");
        row("C major", "bII7", "Db7");
        row("C major", "#ivdim7", "F#dim7");
        row("C major", "vsus4", "Gsus4");
        row("Eb major", "vi", "Cm");
        row("Eb major", "bVII", "Db");
        row("F# minor", "iv", "Bm");
        row("F# major", "iii", "A#m");
        row("Bb minor", "bVI", "Gb");
        row("C# minor", "bVI", "A");
        row("G major", "ii9", "Am9");
        row("G major", "iadd9", "Gmadd9");
    }
    void degrees() {
        QFETCH(QString, key);
        QFETCH(QString, degree);
        QFETCH(QString, chord);
        const Chord found = chordOfDegree(parseKey(key.toStdString()), degree.toStdString());
        QCOMPARE(QString::fromStdString(found.symbol), chord);
        QVERIFY(found == parseChord(chord.toStdString()));
    }

    // Keys that a musician would name for these.
    void keysOfChords() {
        QVERIFY(keyOf(parseProgression("Am F C G")) == parseKey("A minor"));
        QVERIFY(keyOf(parseProgression("C G Am F")) == parseKey("C major"));
        QVERIFY(keyOf(parseProgression("Am Dm E7 Am")) == parseKey("A minor"));
        QVERIFY(keyOf(parseProgression("Dm7 G7 Cmaj7")) == parseKey("C major"));
        QVERIFY(keyOf(parseProgression("F#m D A E")) == parseKey("F# minor"));
        QVERIFY(keyOf(parseProgression("Bb Eb F Bb")) == parseKey("Bb major"));
        QVERIFY(keyOf({}) == parseKey("C major"));
    }

    void refusals() {
        for (const char* text : {"", "H", "C dorian", "minor", "C#####", "🎹", "A  minor blues"}) {
            QVERIFY_EXCEPTION_THROWN(parseKey(text), std::invalid_argument);
        }
        for (const char* text : {"", "H7", "Cfoo", "C/", "C/H", "/E", "C/E/G", "7", "nan"}) {
            QVERIFY_EXCEPTION_THROWN(parseChord(text), std::invalid_argument);
        }
        for (const char* text : {"", "|||", " , ", "% C", "Am F X"}) {
            QVERIFY_EXCEPTION_THROWN(parseChords(text), std::invalid_argument);
        }
        for (const char* text : {"", "VIII", "bbbI", "Ifoo", "I/9", "i7b9", "57"}) {
            QVERIFY_EXCEPTION_THROWN(chordOfDegree({}, text), std::invalid_argument);
        }
        QVERIFY_EXCEPTION_THROWN(parseChords(std::string(100000, 'C')), std::invalid_argument);
        std::string many;
        for (int n = 0; n < 100000; ++n)
            many += "C ";
        QVERIFY_EXCEPTION_THROWN(parseChords(many), std::invalid_argument);
        try {
            parseChord("C\nfoo");
            QFAIL("accepted");
        } catch (const std::invalid_argument& error) {
            QVERIFY(std::string(error.what()).find('\n') == std::string::npos);
            QVERIFY(std::string(error.what()).find("m7b5") != std::string::npos);
        }
    }

    // The window translates the format and puts the user's text into it.
    void refusalsHaveAFormat() {
        try {
            parseChord("H7");
            QFAIL("accepted");
        } catch (const n2m::base::InvalidInput& error) {
            QVERIFY(error.message().format().starts_with("{} is not a chord: "));
            QCOMPARE(std::get<std::string>(error.message().arguments().front()), std::string("\"H7\""));
        }
    }
};

QTEST_GUILESS_MAIN(HarmonyTest)
#include "HarmonyTest.moc"
