#include "engine/prompt/Lexicon.h"

#include "engine/composer/Vocabulary.h"

#include <QtTest/QtTest>

#include <fstream>
#include <set>

using namespace n2m;
using namespace n2m::prompt;

class LexiconTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void words() {
        const auto texts = [](const char* prompt) {
            std::string joined;
            for (const Word& word : wordsOf(prompt))
                joined += word.text + '|';
            return joined;
        };
        QCOMPARE(texts("A Slow-paced, 6/8 R&B tune!"), "a|slow|paced|6/8|r&b|tune|");
        QCOMPARE(texts("Café’s 80's drum'n'bass w/o pads"), "cafe|80s|drum'n'bass|w/o|pads|");
        QCOMPARE(texts("F♯ minor 97.5 bpm electro/house"), "f#|minor|97.5|bpm|electro|house|");
        QVERIFY(wordsOf("").empty());
        const std::vector<Word> two = wordsOf("a, b-c");
        QVERIFY(two[0].gap == Gap::Stop && two[1].gap == Gap::Comma && two[2].gap == Gap::Hyphen);
        QCOMPARE(two[1].begin, std::size_t(3));
    }

    void theLongestPhraseCounts() {
        const auto valueAt = [&](const char* prompt, std::size_t words) {
            const Lexicon::Match match = m_lexicon.longestAt(wordsOf(prompt), 0);
            return match.meanings && match.words == words ? match.meanings->front().values.front() : std::string("?");
        };
        QCOMPARE(valueAt("drum and bass at night", 3), "drum and bass");
        QCOMPARE(valueAt("drums and bass", 1), "drums");
        QCOMPARE(valueAt("Pianists", 1), "piano");
        QCOMPARE(valueAt("lo-fi hip-hop beats", 5), "lo-fi");
        QCOMPARE(valueAt("zyzzyva", 0), "?");
    }

    // Every value is one that the composer knows: a misspelt one would silently do nothing.
    void everyValueIsKnown() {
        const composer::Vocabulary composer;
        const std::set<std::string> tempi{"very slow", "slow", "mid-tempo", "fast", "very fast"},
            roles{"drums", "bass", "melody", "accompaniment", "voices"},
            feels{"straight", "swing8", "swing16", "triplet"}, textures{"sparse", "dense"},
            metres{"2", "3", "4", "5", "6", "7"}, modes{"minor", "major"},
            players{"solo",      "only",       "alone", "strings", "band", "orchestra",
                    "jazz trio", "power trio", "2",     "3",       "4",    "5"};
        for (const auto& [phrase, meanings] : m_lexicon.phrases()) {
            for (const Meaning& meaning : meanings) {
                for (const std::string& value : meaning.values) {
                    bool known = true;
                    try {
                        if (meaning.attribute == "genre") composer.genre(value);
                        if (meaning.attribute == "mood") composer.mood(value);
                        if (meaning.attribute == "era") composer.era(value);
                        if (meaning.attribute == "instrument") composer.instrument(value);
                    } catch (const std::out_of_range&) {
                        known = false;
                    }
                    static const std::set<std::string> attributes{"genre", "mood",   "era",     "instrument", "tempo",
                                                                  "role",  "feel",   "texture", "metre",      "mode",
                                                                  "place", "unable", "word",    "players"};
                    const std::string& attribute = meaning.attribute;
                    known = known && attributes.contains(attribute);
                    if (attribute == "tempo") known = tempi.contains(value);
                    if (attribute == "role") known = roles.contains(value);
                    if (attribute == "feel") known = feels.contains(value);
                    if (attribute == "texture") known = textures.contains(value);
                    if (attribute == "metre") known = metres.contains(value);
                    if (attribute == "mode") known = modes.contains(value);
                    if (attribute == "players") known = players.contains(value);
                    QVERIFY2(known, qPrintable(QString::fromStdString(phrase + ": " + attribute + " " + value)));
                }
            }
        }
        QVERIFY(m_lexicon.phrases().size() > 2000);
    }

    // The corpus writes captions with these words, so each of its names must be read as what it is.
    void theCorpusIsUnderstood() {
        const composer::Vocabulary composer;
        const auto means = [&](const std::string& phrase, const char* attribute, const std::string& value) {
            const auto words = wordsOf(phrase);
            const Lexicon::Match match = m_lexicon.longestAt(words, 0);
            bool right = false;
            if (match.meanings && match.words == words.size())
                for (const Meaning& meaning : *match.meanings)
                    right = right ||
                            (meaning.attribute == attribute &&
                             std::find(meaning.values.begin(), meaning.values.end(), value) != meaning.values.end());
            return right;
        };
        for (const composer::Genre& genre : composer.genres())
            QVERIFY2(means(genre.name, "genre", genre.name), genre.name.c_str());
        for (const std::string& lead : composer.leads())
            QVERIFY2(means(lead, "instrument", lead), lead.c_str());
        for (const composer::Mood& mood : composer.moods())
            for (const std::string& word : mood.words)
                QVERIFY2(means(word, "mood", mood.name), (word + ": " + mood.name).c_str());
        for (const composer::Era& era : composer.eras())
            for (const std::string& word : era.words)
                QVERIFY2(means(word, "era", era.name), word.c_str());
    }

    void completions() {
        const auto found = m_lexicon.completions("accord", 5);
        QVERIFY(!found.empty() && found.front() == "accordion");
        QCOMPARE(m_lexicon.completions("elec", 1), std::vector<std::string>{"electric piano"});
        QCOMPARE(m_lexicon.completions("s", 3).size(), std::size_t(3));
        QVERIFY(m_lexicon.completions("", 3).empty());
    }

    void damagedFiles() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("lexicon.txt").toStdString();
        const auto refused = [&](const char* text, const char* part) {
            std::ofstream(file) << text;
            try {
                Lexicon read(file);
                return false;
            } catch (const std::runtime_error& error) {
                const std::string what = error.what();
                return what.find(part) != std::string::npos && what.find("lexicon.txt") != std::string::npos;
            }
        };
        QVERIFY(refused("# fine\njazz genre jazz\n", "lexicon.txt, line 2"));
        QVERIFY(refused("jazz = genre\n", "has no value"));
        QVERIFY_EXCEPTION_THROWN(Lexicon(folder.filePath("missing").toStdString()), std::runtime_error);
    }

private:
    Lexicon m_lexicon;
};

QTEST_GUILESS_MAIN(LexiconTest)
#include "LexiconTest.moc"
