#include "engine/composer/Sketch.h"

#include <QtTest/QtTest>

#include <map>
#include <set>

using namespace n2m::composer;

class SketchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSeedDecidesEverything() {
        for (std::uint64_t seed = 1; seed < 40; ++seed) {
            const Sketch first = drawSketch(m_vocabulary, seed), second = drawSketch(m_vocabulary, seed);
            QVERIFY(first.attributes == second.attributes);
            QVERIFY(first.parts == second.parts);
            QCOMPARE(first.plan.bpm, second.plan.bpm);
        }
        QVERIFY(!(drawSketch(m_vocabulary, 1).attributes == drawSketch(m_vocabulary, 2).attributes));
    }

    /// The golden values were printed by this code. The test fails when a change gives the old seeds other clips, or
    /// another machine or compiler draws other values.
    void theDrawsAreTheSameOnEveryMachine() {
        const Attributes first = drawSketch(m_vocabulary, 1).attributes;
        QCOMPARE(QString::fromStdString(first.genre), QStringLiteral("metal"));
        QCOMPARE(QString::fromStdString(first.lead), QStringLiteral("distorted guitar"));
        QCOMPARE(first.bpm, 137);
        const Attributes other = drawSketch(m_vocabulary, 24).attributes;
        QCOMPARE(QString::fromStdString(other.genre), QStringLiteral("celtic"));
        QCOMPARE(QString::fromStdString(other.key), QStringLiteral("F major"));
    }

    /// In ten blocks of seeds everything had been drawn after 491 seeds at most.
    void everythingIsDrawnAndInItsGenresRange() {
        std::set<std::string> genres, leads, moods, forms, eras;
        for (std::uint64_t seed = 1; seed < 3000; ++seed) {
            const Sketch sketch = drawSketch(m_vocabulary, seed);
            const Attributes& attributes = sketch.attributes;
            const Genre& genre = m_vocabulary.genre(attributes.genre);
            QVERIFY(attributes.bpm >= genre.slowest && attributes.bpm <= genre.fastest);
            QVERIFY(attributes.bpm >= 50 && attributes.bpm <= 186);
            QCOMPARE(attributes.minor, sketch.plan.key.minor);
            const auto& list = attributes.minor ? genre.minor : genre.major;
            QVERIFY(std::find(list.begin(), list.end(), attributes.progression) != list.end());
            genres.insert(attributes.genre);
            leads.insert(attributes.lead);
            moods.insert(attributes.mood);
            forms.insert(attributes.form);
            eras.insert(attributes.era);
        }
        QVERIFY(m_vocabulary.genres().size() >= 14);
        QCOMPARE(genres.size(), m_vocabulary.genres().size());
        QCOMPARE(leads.size(), m_vocabulary.leads().size());
        QCOMPARE(moods.size(), m_vocabulary.moods().size());
        QCOMPARE(forms.size(), m_vocabulary.forms().size());
        QCOMPARE(eras.size(), m_vocabulary.eras().size() + 1); // one more for "no era"
    }

    /// A fifth of the held-out seeds asks for a reserved lead: 18 to 23% in ten blocks of 4000 seeds.
    void reservedCombinationsAreNeverTrainedOn() {
        int reserved = 0, heldOut = 0;
        for (std::uint64_t seed = 1; seed < 4000; ++seed) {
            const Attributes attributes = drawSketch(m_vocabulary, seed).attributes;
            const bool is = isReserved(m_vocabulary, attributes.genre, attributes.lead);
            QCOMPARE(attributes.reserved, is);
            if (!isHeldOut(seed)) QVERIFY2(!is, attributes.lead.c_str());
            heldOut += isHeldOut(seed);
            reserved += is;
        }
        QVERIFY2(reserved > heldOut / 10, "the evaluation needs combinations that were never seen");
    }

private:
    Vocabulary m_vocabulary;
};

QTEST_GUILESS_MAIN(SketchTest)
#include "SketchTest.moc"
