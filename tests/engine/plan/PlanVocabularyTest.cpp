#include "engine/plan/PlanVocabulary.h"

#include <QtTest/QtTest>
#include <nlohmann/json.hpp>

#include <numeric>
#include <stdexcept>

using namespace n2m::plan;
using nlohmann::json;

namespace {

PlanVocabulary vocabulary() {
    PlanVocabulary result;
    result.genres = {"jazz", "rock"};
    result.metres = {3, 4};
    result.progressions = {{false, "I V vi IV"}, {true, "i bVI,bVII i"}};
    result.forms = {{"steady", {{"verse", 1.0, 0.625f}}},
                    {"rise", {{"intro", 0.25, 0.25f}, {"verse", 0.25, 0.5f}, {"chorus", 0.5, 0.875f}}}};
    result.attributes = {{"lead", {"piano", "flute"}}};
    return result;
}

std::string barsOf(const std::vector<SectionSketch>& sections) {
    std::string line;
    for (const SectionSketch& section : sections)
        line += section.name + std::to_string(section.bars) + " ";
    return line;
}

} // namespace

class PlanVocabularyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void places() {
        const PlanVocabulary v = vocabulary();
        QCOMPARE(v.genre("rock"), 1);
        QCOMPARE(v.genre("polka"), -1);
        QCOMPARE(v.metre(4), 1);
        QCOMPARE(v.metre(7), -1);
        QCOMPARE(v.progression(true, "i bVI,bVII i"), 1);
        QCOMPARE(v.progression(false, "i bVI,bVII i"), -1);
        QCOMPARE(v.form("rise"), 1);
        QCOMPARE(v.attribute("lead", "flute"), 1);
        QCOMPARE(v.attribute("lead", "tuba"), -1);
        QCOMPARE(v.attribute("hat", "flute"), -1);
    }

    // A bin is 4% wide; 190 bpm, the fastest of the range, is in the last.
    void tempi() {
        QCOMPARE(tempoBin(45.0), 0);
        QCOMPARE(tempoBin(46.7), 0);
        QCOMPARE(tempoBin(46.9), 1);
        QCOMPARE(tempoBin(190.0), tempoBins - 1);
        QCOMPARE(tempoBin(1e9), tempoBins - 1);
        QCOMPARE(tempoBin(-1.0), 0);
        for (int bin = 0; bin < tempoBins; ++bin) {
            QCOMPARE(tempoBin(lowestBpmOf(bin)), bin);
            QVERIFY(lowestBpmOf(bin + 1) - lowestBpmOf(bin) > 1.0); // every bin holds a whole number
        }
    }

    void chords() {
        const Progression bars = progressionInKey(parseKey("A minor"), vocabulary().progressions[1].degrees);
        QCOMPARE(bars.size(), std::size_t(3));
        QCOMPARE(bars[1].size(), std::size_t(2));
        QCOMPARE(bars[1][0].symbol, "F");
        QCOMPARE(bars[1][1].symbol, "G");
    }

    void layout() {
        const Form rise = vocabulary().forms[1];
        QCOMPARE(barsOf(layOut(rise, 16)), "intro4 verse4 chorus8 ");
        QCOMPARE(barsOf(layOut(rise, 13)), "intro4 verse4 chorus5 ");
        QCOMPARE(barsOf(layOut(rise, 4)), "intro1 verse1 chorus2 ");
        QCOMPARE(barsOf(layOut(rise, 2)), "intro1 verse1 ");
        for (int bars = 1; bars < 80; ++bars) {
            const auto sections = layOut(rise, bars);
            QCOMPARE(std::accumulate(sections.begin(), sections.end(), 0,
                                     [](int sum, const auto& s) { return sum + s.bars; }),
                     bars);
            for (const SectionSketch& section : sections)
                QVERIFY(section.bars >= 1);
        }
    }

    void roundTrip() { QVERIFY(planVocabularyFromJson(json::parse(toJson(vocabulary()).dump())) == vocabulary()); }

    void refusals() {
        const auto broken = [](const char* field, const json& value) {
            json object = toJson(vocabulary());
            object[field] = value;
            return object;
        };
        for (const json& object :
             {broken("genres", json::array()), broken("genres", 3), broken("metres", {0}), broken("metres", {"four"}),
              broken("progressions", {{"dorian", "I IV"}}), broken("progressions", {{"major", "I Q"}}),
              broken("progressions", {{"major", " "}}), broken("forms", {{{"name", "x"}}}), broken("attributes", 3),
              broken("forms", json::parse(R"([{"name": "x", "parts": [["a", 2.0, 0.5]]}])")), json(nullptr), json(3)}) {
            QVERIFY_EXCEPTION_THROWN(planVocabularyFromJson(object), std::invalid_argument);
        }
    }
};

QTEST_GUILESS_MAIN(PlanVocabularyTest)
#include "PlanVocabularyTest.moc"
