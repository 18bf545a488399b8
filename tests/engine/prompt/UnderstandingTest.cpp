#include "engine/prompt/Understanding.h"

#include "engine/plan/Harmony.h"

#include <QtTest/QtTest>

#include <random>

using namespace n2m;
using namespace n2m::prompt;

namespace {

using Names = std::vector<std::string>;

std::string leadOf(const Understanding& heard) {
    for (const auto& wanted : heard.instruments)
        if (wanted.lead) return wanted.oneOf.front();
    return {};
}

} // namespace

class UnderstandingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // attribute: the first wanted value of it; "lead": the instrument with the melody; "not X": an excluded value.
    void says_data() {
        QTest::addColumn<QString>("prompt");
        QTest::addColumn<QString>("attribute");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* prompt, const char* attribute, const char* value) {
            QTest::addRow("%s: %s", prompt, attribute) << prompt << attribute << value;
        };
        row("A sad song played by a solo pianist", "lead", "piano");
        row("A sad song played by a solo pianist", "mood", "sad");
        row("A sad song played by a solo pianist", "solo", "yes");
        row("EDM music to listen to while focusing on homework", "genre", "house");
        row("EDM music to listen to while focusing on homework", "place", "studying");
        row("Slow-paced progressive rock", "tempo", "slow");
        row("Slow-paced progressive rock", "genre", "rock");
        row("Rapidly-paced progressive rock", "tempo", "fast");
        row("a slow waltz", "metre", "3");
        row("a slow waltz", "genre", "waltz");
        row("a jazz waltz for vibraphone", "genre", "jazz");
        row("a jazz waltz for vibraphone", "metre", "3");
        row("a rainy evening in a Paris café", "place", "Paris");
        row("DnB with heavy sub bass", "genre", "drum and bass");
        row("D&B roller", "genre", "drum and bass");
        row("smooth R&B", "genre", "soul");
        row("a lo-fi hip-hop beat", "genre", "lo-fi");
        row("mid-tempo country shuffle", "tempo", "mid-tempo");
        row("an Irish jig in 6/8", "metre", "6");
        row("folk in 6/8 time", "metre", "6");
        row("just a solo cello", "solo", "yes");
        row("just a solo cello", "lead", "cello");
        row("unaccompanied violin partita", "solo", "yes");
        row("nothing but acoustic guitar", "solo", "yes");
        row("a guitarist alone on stage", "solo", "yes");
        row("rock song with a guitar solo", "solo", "no");
        row("solo violin over a soft piano", "solo", "no");
        row("solo violin over a soft piano", "lead", "violin");
        row("piano and cello duo", "only", "yes");
        row("jazz for just piano and double bass", "only", "yes");
        row("strings behind a flute melody", "lead", "flute");
        row("a ballad led by a trumpeter, backed by strings", "lead", "trumpet");
        row("a funky track with slap bass and a saxophone lead", "lead", "saxophone");
        row("rock without drums", "not role", "drums");
        row("no drums or bass, please: ambient", "not role", "bass");
        row("without any percussion", "not role", "drums");
        row("drumless bossa nova", "not role", "drums");
        row("a drum-free bossa nova", "not role", "drums");
        row("instrumental without guitars", "not instrument", "electric guitar");
        row("jazz without drums, bass and guitar", "not instrument", "electric guitar");
        row("without drums, slow and sad", "mood", "sad");
        row("no percussion, acoustic guitar, mellow", "lead", "acoustic guitar");
        row("house but not too fast", "not tempo", "fast");
        row("not sad but happy", "mood", "happy");
        row("not sad but happy", "not mood", "sad");
        row("not just piano but also strings", "only", "no");
        row("Ein langsamer Walzer ohne Schlagzeug", "not role", "drums");
        row("Ein langsamer Walzer ohne Schlagzeug", "tempo", "slow");
        row("80s synthwave", "era", "1980s");
        row("1990's boom bap", "era", "1990s");
        row("a ballad in C# minor", "key", "C# minor");
        row("Ballade in a-Moll", "key", "A minor");
        row("Walzer in Es-Dur", "key", "Eb major");
        row("techno in F#m", "key", "F# minor");
        row("in a minor key", "mode", "minor");
        row("in a minor key", "key", "");
        row("at 128 bpm", "bpm", "128");
        row("90-100 bpm", "bpm", "95");
        row("tempo of 72", "bpm", "72");
        row("very slow adagio for strings", "tempo", "very slow");
        row("minimalist piano", "texture", "sparse");
        row("a wall of sound", "texture", "dense");
    }
    void says() {
        QFETCH(QString, prompt);
        QFETCH(QString, attribute);
        QFETCH(QString, value);
        const Understanding heard = understand(m_lexicon, prompt.toStdString());
        std::string found;
        const auto firstOf = [](const Names& values) { return values.empty() ? std::string() : values.front(); };
        if (attribute == "lead")
            found = leadOf(heard);
        else if (attribute == "solo")
            found = heard.solo ? "yes" : "no";
        else if (attribute == "only")
            found = heard.only ? "yes" : "no";
        else if (attribute == "key")
            found = heard.key ? plan::toString(*heard.key) : "";
        else if (attribute == "bpm")
            found = heard.bpm ? std::to_string(static_cast<int>(*heard.bpm)) : "";
        else if (attribute.startsWith("not "))
            found =
                heard.unwanted(attribute.mid(4).toStdString()).contains(value.toStdString()) ? value.toStdString() : "";
        else {
            const Names values = heard.wanted(attribute.toStdString());
            found = std::find(values.begin(), values.end(), value.toStdString()) != values.end() ? value.toStdString()
                                                                                                 : firstOf(values);
        }
        QCOMPARE(QString::fromStdString(found), value);
    }

    void theNegativePromptExcludes() {
        const Understanding heard = understand(m_lexicon, "a rock song", "drums, bass, sad");
        QVERIFY(heard.drums == false && heard.bass == false);
        QVERIFY(heard.unwanted("mood").contains("sad"));
        QVERIFY(understand(m_lexicon, "piano and strings", "no strings").excludedInstruments.contains("strings"));
        QVERIFY(understand(m_lexicon, "", "").findings.empty());
    }

    void whatIsUnknown() {
        const std::string prompt = "a blorptastic waltz for my zither-o-phone";
        const Understanding heard = understand(m_lexicon, prompt);
        QVERIFY(!heard.unknown.empty());
        QCOMPARE(prompt.substr(heard.unknown[0].begin, heard.unknown[0].end - heard.unknown[0].begin), "blorptastic");
        QVERIFY(!heard.nothing());
        QVERIFY(understand(m_lexicon, "xyzzy plugh").nothing());
        QVERIFY(understand(m_lexicon, "the of and").nothing());
    }

    void anyBytes() {
        std::mt19937 random(3);
        for (int n = 0; n < 300; ++n) {
            std::string text;
            for (int k = 0; k < 60; ++k)
                text += static_cast<char>(random() % 256);
            understand(m_lexicon, text, text);
        }
        understand(m_lexicon, std::string(100000, 'a'));
        for (const char* text :
             {"no", "without", "not not no", "bpm", "key of", "tempo of", "in", "free of", "just", "99"})
            understand(m_lexicon, text);
    }

private:
    Lexicon m_lexicon;
};

QTEST_GUILESS_MAIN(UnderstandingTest)
#include "UnderstandingTest.moc"
