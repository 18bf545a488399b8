#include "engine/plan/PlanEdits.h"

#include "engine/plan/PlanBuilder.h"
#include "engine/plan/PlanJson.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <string>

using namespace n2m::plan;

namespace {

// A bar of 4 lasts 2 s: intro 0–4 s on G, verse 4–12 s on Am | F C | Am | Am.
Plan shortPlan(double seconds) {
    PlanSketch sketch;
    sketch.bpm = 120.0;
    sketch.key = parseKey("A minor");
    sketch.progressions = {parseProgression("Am | F C | Am"), parseProgression("G")};
    sketch.form = {{"intro", 2, 0.2f, 1}, {"verse", 4, 0.6f, 0}};
    return buildPlan(sketch, seconds);
}

std::string chordsOf(const Plan& plan) {
    std::string line;
    for (const ChordSpan& span : plan.chords)
        line += QString("%1-%2%3 ").arg(span.start).arg(span.end).arg(span.chord.symbol.c_str()).toStdString();
    return line;
}

std::string notesOf(const Part& part) {
    std::string line;
    for (const Note& note : part.notes)
        line += QString("%1-%2@%3 ").arg(note.start).arg(note.end).arg(note.pitch).toStdString();
    return line;
}

} // namespace

class PlanEditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Computed by hand: the plan of 11 s ends in the sixth bar, which becomes a whole one; then the verse is repeated.
    void goesOnFromWhereItsIntroEnds() {
        const Plan plan = continued(shortPlan(11.0), 23.0);
        QCOMPARE(plan.seconds, 23.0);
        QCOMPARE(chordsOf(plan), std::string("0-4G 4-6Am 6-7F 7-8C 8-12Am 12-14Am 14-15F 15-16C 16-20Am "
                                             "20-22Am 22-23F "));
        QCOMPARE(plan.beats.size(), std::size_t(46));
        for (std::size_t n = 0; n < plan.beats.size(); ++n) {
            QCOMPARE(plan.beats[n].time, 0.5 * static_cast<double>(n));
            QCOMPARE(plan.beats[n].downbeat, n % 4 == 0);
        }
        QCOMPARE(plan.sections.size(), std::size_t(4));
        QCOMPARE(plan.sections[1], (Section{4.0, 12.0, "verse", 0.6f}));
        QCOMPARE(plan.sections[2], (Section{12.0, 20.0, "verse", 0.6f}));
        QCOMPARE(plan.sections[3], (Section{20.0, 23.0, "verse", 0.6f}));
        QVERIFY(planFromJson(toJson(plan)) == plan); // the reader checks that spans follow each other
    }

    void keepsWhatItHad() {
        Plan before = shortPlan(11.0);
        before.parts = {{Part::Role::Lead, 73, {{0.0, 0.5, 72, 90}}}};
        const Plan plan = continued(before, 40.0);
        QVERIFY(plan.parts == before.parts);
        QVERIFY(std::equal(before.beats.begin(), before.beats.end(), plan.beats.begin()));
    }

    void longEnoughOrNothingToGoBy() {
        Plan expected = shortPlan(11.0);
        QVERIFY(continued(expected, 11.0) == expected);
        expected.seconds = 8.0;
        QVERIFY(continued(shortPlan(11.0), 8.0) == expected);
        Plan bare;
        bare.seconds = 5.0;
        Plan longer = bare;
        longer.seconds = 9.0;
        QVERIFY(continued(bare, 9.0) == longer);
    }

    // The score of the same plan is repeated with it, and the half bar at its end becomes a whole one.
    void anotherLengthTakesTheScoreAlong() {
        Plan plan = shortPlan(11.0);
        plan.parts = {{Part::Role::Lead, 73, {{0.0, 4.5, 60, 90}, {4.0, 5.0, 61, 90}, {9.0, 11.0, 62, 90}}},
                      {Part::Role::Drums, 0, {{8.0, 8.2, 36, 90}, {9.5, 9.7, 38, 90}, {10.0, 10.2, 36, 90}}}};
        const Plan longer = withLength(plan, 17.0);
        QCOMPARE(longer.seconds, 17.0);
        QCOMPARE(chordsOf(longer), chordsOf(continued(plan, 17.0)));
        QCOMPARE(notesOf(longer.parts[0]), std::string("0-4.5@60 4-5@61 9-12@62 12-13@61 "));
        QCOMPARE(notesOf(longer.parts[1]), std::string("8-8.2@36 9.5-9.7@38 10-10.2@36 11.5-11.7@38 16-16.2@36 "));
        QVERIFY(planFromJson(toJson(longer)) == longer);
    }

    void ofAShorterOneWhatFits() {
        Plan plan = shortPlan(11.0);
        plan.parts = {{Part::Role::Lead, 73, {{0.0, 4.5, 60, 90}, {4.0, 5.0, 61, 90}, {4.5, 5.0, 62, 90}}},
                      {Part::Role::Bass, 33, {{9.0, 11.0, 40, 90}}}};
        const Plan shorter = withLength(plan, 4.5);
        QCOMPARE(chordsOf(shorter), std::string("0-4G 4-4.5Am "));
        QCOMPARE(shorter.beats.size(), std::size_t(9));
        QCOMPARE(shorter.sections.back(), (Section{4.0, 4.5, "verse", 0.6f}));
        QCOMPARE(shorter.parts.size(), std::size_t(1));
        QCOMPARE(notesOf(shorter.parts[0]), std::string("0-4.5@60 4-4.5@61 "));
        QVERIFY(planFromJson(toJson(shorter)) == shorter);
        QVERIFY(withLength(plan, 11.0) == plan);
    }

    void aRangeGetsAnotherScore() {
        Plan plan = shortPlan(12.0), other = plan;
        plan.parts = {
            {Part::Role::Lead, 73, {{0.0, 1.0, 60, 90}, {3.0, 5.0, 61, 90}, {5.0, 6.0, 62, 90}, {8.0, 9.0, 63, 90}}},
            {Part::Role::Bass, 33, {{4.5, 5.0, 40, 90}}}};
        other.parts = {{Part::Role::Lead, 73, {{3.0, 3.5, 70, 90}, {4.0, 5.0, 71, 90}, {7.5, 9.5, 72, 90}}},
                       {Part::Role::Lead, 65, {{6.0, 7.0, 80, 90}, {8.0, 9.0, 81, 90}}}};
        const Plan joined = withScoreOf(plan, other, 4.0, 8.0);
        QCOMPARE(joined.parts.size(), std::size_t(2)); // the bass had nothing outside
        QCOMPARE(notesOf(joined.parts[0]), std::string("0-1@60 3-5@61 4-5@71 7.5-8@72 8-9@63 "));
        QCOMPARE(joined.parts[1].program, 65);
        QCOMPARE(notesOf(joined.parts[1]), std::string("6-7@80 "));
        QVERIFY(joined.chords == plan.chords && joined.beats == plan.beats);
    }
};

QTEST_GUILESS_MAIN(PlanEditsTest)
#include "PlanEditsTest.moc"
