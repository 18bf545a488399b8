#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <stdexcept>

using namespace n2m::plan;

namespace {

PlanSketch sketch() {
    PlanSketch result;
    result.bpm = 120.0; // a bar of 4 lasts 2 s
    result.key = parseKey("A minor");
    result.progressions = {parseProgression("Am | F C | Am"), parseProgression("G")};
    result.form = {{"intro", 2, 0.2f, 1}, {"verse", 4, 0.6f, 0}};
    return result;
}

} // namespace

class PlanBuilderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void grid() {
        const Plan plan = buildPlan(sketch(), 30.0);
        QCOMPARE(plan.beats.size(), std::size_t(60));
        for (std::size_t n = 0; n < plan.beats.size(); ++n) {
            QCOMPARE(plan.beats[n].time, 0.5 * static_cast<double>(n));
            QCOMPARE(plan.beats[n].downbeat, n % 4 == 0);
        }
    }

    // Computed by hand: intro 0–4 s on G, verse 4–12 s on Am | F C | Am | Am, then again from 12 s.
    void chordsAndSections() {
        const Plan plan = buildPlan(sketch(), 21.0);
        std::string line;
        for (const ChordSpan& span : plan.chords) {
            line += std::to_string(int(span.start)) + "-" + std::to_string(int(span.end)) + span.chord.symbol + " ";
        }
        QCOMPARE(line, "0-4G 4-6Am 6-7F 7-8C 8-12Am 12-16G 16-18Am 18-19F 19-20C 20-21Am ");
        QCOMPARE(plan.sections.size(), std::size_t(4));
        QCOMPARE(plan.sections[1], (Section{4.0, 12.0, "verse", 0.6f}));
        QCOMPARE(plan.sections[3], (Section{16.0, 21.0, "verse", 0.6f}));
        QCOMPARE(chordAt(plan, 6.5).symbol, "F");
        QCOMPARE(chordAt(plan, 21.5).symbol, "");
        QCOMPARE(sectionAt(plan, 3.99)->name, "intro");
        QVERIFY(!sectionAt(plan, 21.0));
    }

    void pickup() {
        const Plan plan = buildPlan(sketch(), 10.0, 1.2);
        QVERIFY(std::abs(plan.beats[0].time - 0.2) < 1e-12);
        QVERIFY(!plan.beats[0].downbeat && !plan.beats[1].downbeat && plan.beats[2].downbeat);
        QCOMPARE(plan.chords[0].start, 1.2);
        QCOMPARE(plan.sections[0].start, 0.0);
        QCOMPARE(chordAt(plan, 0.5).symbol, "");
    }

    void unevenBars() {
        PlanSketch five = sketch();
        five.beatsPerBar = 5;
        five.bpm = 60.0;
        five.progressions = {{parseChords("Am F")}};
        five.form.clear();
        const Plan plan = buildPlan(five, 10.0);
        QCOMPARE(plan.chords.size(), std::size_t(4));
        QCOMPARE(plan.chords[0].end, 3.0);
        QCOMPARE(plan.chords[1].end, 5.0);
        QVERIFY(plan.sections.empty());
    }

    // Spans meet exactly and end at the clip's end, whatever the tempo.
    void spansMeet() {
        for (const double bpm : {47.3, 93.7, 128.0, 174.1}) {
            PlanSketch s = sketch();
            s.bpm = bpm;
            const Plan plan = buildPlan(s, 29.44, 0.3);
            for (std::size_t n = 1; n < plan.chords.size(); ++n)
                QCOMPARE(plan.chords[n].start, plan.chords[n - 1].end);
            for (std::size_t n = 1; n < plan.sections.size(); ++n) {
                QVERIFY(std::abs(plan.sections[n].start - plan.sections[n - 1].end) < 1e-9);
            }
            QCOMPARE(plan.chords.back().end, 29.44);
            QCOMPARE(plan.sections.back().end, 29.44);
            QVERIFY(plan.beats.back().time < 29.44);
        }
    }

    void refusals() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const auto with = [](auto change) {
            PlanSketch s = sketch();
            change(s);
            return s;
        };
        QVERIFY_EXCEPTION_THROWN(buildPlan(sketch(), nan), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(sketch(), -1.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(sketch(), 1e9), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(sketch(), 10.0, 10.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([&](auto& s) { s.bpm = nan; }), 10.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([](auto& s) { s.beatsPerBar = 0; }), 10.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([](auto& s) { s.beatsPerBar = 1; }), 10.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([](auto& s) { s.form[0].bars = 0; }), 10.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([](auto& s) { s.form[0].progression = 7; }), 10.0),
                                 std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(buildPlan(with([](auto& s) { s.progressions[0].clear(); }), 10.0),
                                 std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(PlanBuilderTest)
#include "PlanBuilderTest.moc"
