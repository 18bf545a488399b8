#include "engine/embedding/HashedWords.h"

#include <QtTest/QtTest>

#include <set>

namespace n2m::embedding {

class HashedWordsTest : public QObject {
    Q_OBJECT

private:
    using Words = std::vector<std::string>;

    static std::set<std::int64_t> rows(const std::string& word) {
        const auto hashed = hashedWords(word, 1 << 20, 8);
        return {hashed.at(0).rows.begin(), hashed.at(0).rows.end()};
    }

    static std::size_t shared(const std::string& a, const std::string& b) {
        const auto first = rows(a), second = rows(b);
        std::size_t count = 0;
        for (const auto row : first)
            count += second.contains(row);
        return count;
    }

private Q_SLOTS:
    void splitsAndFolds() {
        QCOMPARE(wordsOf("A Rainy evening, in a Paris CAFÉ!"),
                 (Words{"a", "rainy", "evening", "in", "a", "paris", "cafe"}));
        QCOMPARE(wordsOf("up-tempo R&B; don't stop: F# minor, 120 bpm"),
                 (Words{"up", "tempo", "r&b", "dont", "stop", "f#", "minor", "120", "bpm"}));
        QCOMPARE(wordsOf("sehr schön – “très” élégant"), (Words{"sehr", "schon", "tres", "elegant"}));
        QCOMPARE(wordsOf("  ... !? "), Words{});
    }

    void keepsRowsInTheTable() {
        for (const HashedWord& word : hashedWords("an unfathomably long harpsichordist's improvisation", 100, 96)) {
            QCOMPARE(word.rows.size(), word.weights.size());
            double sum = 0.0;
            for (std::size_t n = 0; n < word.rows.size(); ++n) {
                QVERIFY(word.rows[n] >= 0 && word.rows[n] < 100);
                sum += static_cast<double>(word.weights[n]);
            }
            QVERIFY(std::abs(sum - 2.0) < 1e-5); // one for the word itself, one for its groups of letters
        }
    }

    // A word that was never seen is near one that is written alike.
    void relatedWordsShareRows() {
        QVERIFY(shared("pianist", "pianists") >= 8);
        QVERIFY(shared("guitar", "gutiar") >= 1);
        QVERIFY(shared("pianist", "drums") == 0);
    }

    void readsNoMoreThanTheMaximum() {
        std::string text;
        for (int n = 0; n < 200; ++n)
            text += "la ";
        QCOMPARE(hashedWords(text, 1000, 96).size(), std::size_t(96));
        QVERIFY(hashedWords("", 1000, 96).empty());
    }
};

} // namespace n2m::embedding

QTEST_APPLESS_MAIN(n2m::embedding::HashedWordsTest)
#include "HashedWordsTest.moc"
