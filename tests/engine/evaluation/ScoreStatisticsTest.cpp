#include "engine/evaluation/ScoreStatistics.h"

#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m;
using namespace n2m::evaluation;
using plan::Note;
using plan::Part;

namespace {

bool near(const std::optional<double>& value, double expected) {
    return value && std::abs(*value - expected) < 1e-6;
}

// 60 bpm, so that beats are seconds; four bars of C and G.
plan::Plan planWith(std::vector<Part> parts) {
    plan::PlanSketch sketch;
    sketch.bpm = 60.0;
    sketch.key = plan::parseKey("C major");
    sketch.progressions = {plan::parseProgression("C | G")};
    plan::Plan plan = plan::buildPlan(sketch, 16.0);
    plan.parts = std::move(parts);
    return plan;
}

Part scale(double beat, int steps, int first = 60) {
    Part part{Part::Role::Lead, 0, {}};
    constexpr int degrees[] = {0, 2, 4, 5, 7, 9, 11, 12};
    for (int n = 0; n < steps; ++n)
        part.notes.push_back({beat + n, beat + n + 1.0, first + degrees[n % 8] + n / 8 * 12, 80});
    return part;
}

} // namespace

class ScoreStatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pitches() {
        // Two pitch classes as often, one of them foreign: one bit, half in the key.
        const auto figures = statisticsOf(
            planWith({{Part::Role::Bass, 33, {{0, 1, 36, 80}, {1, 2, 37, 80}, {4, 5, 36, 80}, {5, 6, 49, 80}}}}));
        QVERIFY(near(figures.pitchClassEntropy, 1.0));
        QVERIFY(near(figures.inKey, 0.5));
        QVERIFY(near(figures.inChord, 0.25)); // the C of the first bar; G has no C
        QVERIFY(near(figures.notesPerBeat, 4.0 / 16.0));
        QVERIFY(!figures.leadRange);
        QVERIFY(near(statisticsOf(planWith({scale(0, 8)})).keyFound, 1.0));
        QVERIFY(near(statisticsOf(planWith({scale(0, 8, 61)})).keyFound, 0.0));
        QVERIFY(!statisticsOf(planWith({})).inKey);
    }

    void melody() {
        const auto figures = statisticsOf(
            planWith({{Part::Role::Lead, 0, {{0, 1, 60, 80}, {1.5, 2.5, 67, 80}, {3, 4, 65, 80}, {5, 6, 64, 80}}}}));
        QVERIFY(near(figures.leadRests, 2.0 / 6.0));
        QVERIFY(near(figures.leadRange, 7.0));
        QVERIFY(near(figures.leadLeaps, 1.0 / 3.0));
        QVERIFY(near(figures.syncopation, 0.25)); // 1.5 to 2.5
        QVERIFY(near(figures.onBeats, 0.75));
    }

    void bars() {
        Part drums{Part::Role::Drums, 0, {}};
        for (int beat = 0; beat < 16; ++beat)
            drums.notes.push_back({beat + 0.0, beat + 0.1, 42, 80});
        const auto steady = statisticsOf(planWith({drums}));
        QVERIFY(near(steady.repetition, 1.0));
        QVERIFY(near(steady.groove, 1.0));
        QVERIFY(near(steady.drumsPerBeat, 1.0));
        drums.notes.resize(8);
        for (int beat = 8; beat < 12; ++beat) // half a beat later
            drums.notes.push_back({beat + 0.5, beat + 0.6, 42, 80});
        const auto broken = statisticsOf(planWith({drums}));
        QVERIFY(near(broken.repetition, 0.5));
        QVERIFY(near(broken.groove, (1.0 + 0.5) / 2.0)); // 8 of 16 sixteenths differ
    }

    void sharedRuns() {
        MelodyRuns runs;
        runs.add(planWith({scale(0, 12)}));
        runs.finish();
        QCOMPARE(runs.longestShared(planWith({scale(2, 12, 55)})), 12); // in another key, at another place
        QCOMPARE(runs.longestShared(planWith({scale(0, 6)})), 6);
        Part jumps{Part::Role::Lead, 0, {{0, 1, 60, 80}, {1, 2, 71, 80}, {2, 3, 60, 80}}};
        QCOMPARE(runs.longestShared(planWith({jumps})), 0);
        QCOMPARE(runs.longestShared(planWith({})), 0);
    }

    void sharedBarsOfParts() {
        QCOMPARE(sharedBars(planWith({scale(0, 16)}), planWith({scale(0, 16)})), 4);
        Part other = scale(0, 16);
        other.notes[9].pitch += 1; // in the third bar
        QCOMPARE(sharedBars(planWith({scale(0, 16)}), planWith({other})), 2);
        Part bass = scale(0, 16);
        bass.role = Part::Role::Bass;
        QCOMPARE(sharedBars(planWith({scale(0, 16)}), planWith({bass})), 0); // no part in common
    }
};

QTEST_APPLESS_MAIN(ScoreStatisticsTest)
#include "ScoreStatisticsTest.moc"
