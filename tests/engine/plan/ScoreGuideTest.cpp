#include "engine/plan/ScoreGuide.h"

#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::plan;

namespace {

constexpr int positions = 192; // 16 beats

Plan planIn(const char* key, const char* chords) {
    PlanSketch sketch;
    sketch.bpm = 110.0;
    sketch.key = parseKey(key);
    sketch.progressions = {parseProgression(chords)};
    sketch.form = {{"verse", 2, 0.25f, 0}, {"chorus", 2, 0.75f, 0}};
    return buildPlan(sketch, 16 * 60.0 / 110.0);
}

float at(const std::vector<float>& values, int channel, int position) {
    return values[static_cast<std::size_t>(channel * positions + position)];
}

} // namespace

class ScoreGuideTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shows() {
        const auto values = scoreGuideChannels(planIn("A minor", "Am | F"), {}, positions);
        QCOMPARE(values.size(), std::size_t(scoreGuideChannelCount) * positions);
        QVERIFY(std::abs(at(values, 0, 3) - 1.0f) < 1e-4f);  // a quarter of a beat
        QVERIFY(std::abs(at(values, 3, 24) + 1.0f) < 1e-4f); // the third beat is half the bar
        QCOMPARE(at(values, 4, 0), -0.5f);                   // A3, MIDI 57
        QCOMPARE(at(values, 5, 0), 0.0f);
        QCOMPARE(at(values, 6, 0), 1.0f); // minor
        QVERIFY(std::abs(at(values, 7, 0)) < 1e-6f);
        QCOMPARE(at(values, 8, 0), 1.0f);
        // Am is degrees 0, 3, 7; F, a sixth above, 8, 0, 3.
        for (const int tone : {0, 3, 7})
            QCOMPARE(at(values, 9 + tone, 10), 1.0f);
        QCOMPARE(at(values, 9 + 8, 10), 0.0f);
        QCOMPARE(at(values, 9 + 8, 50), 1.0f);
        QCOMPARE(at(values, 21 + 8, 50), 1.0f);
        QCOMPARE(at(values, 33, 0), 1.0f);
        QCOMPARE(at(values, 35, 0), 0.25f);
        QCOMPARE(at(values, 35, 100), 0.75f);
        QCOMPARE(at(values, 37 + 1, 0), 1.0f); // a verse
        QCOMPARE(at(values, 37 + 2, 100), 1.0f);
        QVERIFY(at(values, 36, 90) > 0.9f && at(values, 36, 100) < 0.1f);
    }

    void sameMusicInAnotherKey() {
        auto low = scoreGuideChannels(planIn("C major", "C | G7"), {}, positions);
        auto high = scoreGuideChannels(planIn("E major", "E | B7"), {}, positions);
        QVERIFY(low != high); // they say where the tonic is
        std::fill_n(low.begin() + 4 * positions, positions, 0.0f);
        std::fill_n(high.begin() + 4 * positions, positions, 0.0f);
        QVERIFY(low == high);
    }

    void hides() {
        const Plan plan = planIn("A minor", "Am | F");
        const auto hidden = hiddenScoreGuide(plan, positions);
        for (int channel = 5; channel < scoreGuideChannelCount; ++channel)
            for (const int position : {0, 40, 191})
                QCOMPARE(at(hidden, channel, position), 0.0f);
        const auto values = scoreGuideChannels(plan, {true, false, true, false, {1, -1, 0, 0, 0}}, positions);
        QCOMPARE(at(values, 8, 0), 0.0f);
        QCOMPARE(at(values, 33, 0), 1.0f);
        QCOMPARE(at(values, 34, 0), 0.0f);
        QCOMPARE(at(values, 48, 0), 1.0f);
        QCOMPARE(at(values, 49, 0), -1.0f);
        Plan bare = plan;
        bare.chords.clear();
        QCOMPARE(at(scoreGuideChannels(bare, {}, positions), 33, 0), 0.0f);
    }

    void playing() {
        Plan plan = planIn("C major", "C");
        plan.parts = {{Part::Role::Bass, 33, {{0.0, 1.0, 36, 80}}}, {Part::Role::Lead, 40, {}}};
        const std::array<int, scoreSlotCount> expected{-1, -1, -1, 1, -1};
        QVERIFY(playingParts(plan) == expected);
    }
};

QTEST_APPLESS_MAIN(ScoreGuideTest)
#include "ScoreGuideTest.moc"
