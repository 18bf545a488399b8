#include "engine/cascade/ScoreWishes.h"

#include "engine/prompt/PlanDraw.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace n2m;
using namespace n2m::cascade;
using plan::ScoreSlot;

namespace {

std::size_t indexOf(ScoreSlot slot) {
    return static_cast<std::size_t>(slot);
}

} // namespace

class ScoreWriterWishesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namedInstrumentsPlay() {
        const ScoreWishes wishes = wishesFor("a slow ballad, a violin plays the melody, with harp");
        QVERIFY(plays(wishes, ScoreSlot::Lead, "violin"));
        QVERIFY(plays(wishes, ScoreSlot::First, "harp"));
        QVERIFY(!wishes.programs[indexOf(ScoreSlot::Second)]);
    }

    void theRestIsLeftToTheModel() {
        const ScoreWishes wishes = wishesFor("calm music for a rainy evening");
        for (const auto& program : wishes.programs)
            QVERIFY(!program);
        for (const bool keep : wishes.keep)
            QVERIFY(!keep);
        QVERIFY(wishes.guide == plan::ScoreGuide{});
        const auto& basses = wishes.choices[indexOf(ScoreSlot::Bass)];
        QVERIFY(std::find(basses.begin(), basses.end(), 33) != basses.end());
        QVERIFY(std::find(basses.begin(), basses.end(), 73) == basses.end()); // no flute
    }

    void unwantedPartsAreSilent() {
        const ScoreWishes wishes = wishesFor("pop song without drums");
        QVERIFY(wishes.keep[indexOf(ScoreSlot::Drums)]);
        QCOMPARE(wishes.guide.parts[indexOf(ScoreSlot::Drums)], -1);
        QVERIFY(!wishes.keep[indexOf(ScoreSlot::Bass)]);
        const auto leads = wishesFor("folk tune, no flute").choices[indexOf(ScoreSlot::Lead)];
        QVERIFY(std::find(leads.begin(), leads.end(), 40) != leads.end());
        QVERIFY(std::find(leads.begin(), leads.end(), 73) == leads.end());
    }

    void soloistsPlayAlone() {
        const ScoreWishes piano = wishesFor("solo piano");
        QVERIFY(plays(piano, ScoreSlot::Lead, "piano") && plays(piano, ScoreSlot::First, "piano"));
        for (const ScoreSlot slot : {ScoreSlot::Second, ScoreSlot::Bass, ScoreSlot::Drums})
            QVERIFY(piano.keep[indexOf(slot)]);
        const ScoreWishes flute = wishesFor("solo flute");
        QVERIFY(plays(flute, ScoreSlot::Lead, "flute"));
        QVERIFY(flute.keep[indexOf(ScoreSlot::First)]); // it has no second hand
    }

private:
    ScoreWishes wishesFor(const std::string& prompt) const {
        const prompt::Understanding heard = prompt::understand(m_lexicon, prompt);
        return scoreWishes(m_vocabulary, heard, prompt::drawPlan(m_vocabulary, heard, prompt, {}, 30.0, 1).style);
    }
    bool plays(const ScoreWishes& wishes, ScoreSlot slot, const char* instrument) const {
        const auto& programs = m_vocabulary.instrument(instrument).programs;
        const auto& program = wishes.programs[indexOf(slot)];
        return program && std::find(programs.begin(), programs.end(), *program) != programs.end();
    }
    composer::Vocabulary m_vocabulary;
    prompt::Lexicon m_lexicon;
};

QTEST_APPLESS_MAIN(ScoreWriterWishesTest)
#include "ScoreWriterWishesTest.moc"
