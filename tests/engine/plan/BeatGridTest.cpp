#include "engine/plan/BeatGrid.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::plan;

namespace {

bool near(double a, double b) {
    return std::abs(a - b) < 1e-6;
}

} // namespace

class BeatGridTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Beats at 1, 1.5, 2.5 s: the second beat is twice as long as the first.
    void interpolates() {
        Plan plan;
        plan.seconds = 4.0;
        plan.bpm = 60.0;
        plan.beats = {{1.0, true}, {1.5, false}, {2.5, true}};
        const BeatGrid grid(plan);
        QVERIFY(near(grid.beatAt(1.25), 0.5));
        QVERIFY(near(grid.beatAt(2.0), 1.5));
        QVERIFY(near(grid.beatAt(0.5), -0.5)); // at the plan's tempo before the first beat
        QVERIFY(near(grid.beatAt(3.5), 3.0));  // and after the last
        for (const double beat : {-1.0, 0.25, 1.75, 2.0, 4.5})
            QVERIFY(near(grid.beatAt(grid.secondsAt(beat)), beat));
        QCOMPARE(grid.beats(), 4); // the fourth begins at 3.5 s
    }

    void bars() {
        Plan plan;
        plan.seconds = 10.0;
        plan.beatsPerBar = 3;
        for (int beat = 0; beat < 8; ++beat)
            plan.beats.push_back({0.5 * beat, beat == 1 || beat == 4 || beat == 6});
        const BeatGrid grid(plan);
        QVERIFY(near(grid.placeInBar(1.0), 0.0));
        QVERIFY(near(grid.placeInBar(3.5), 2.5));
        QVERIFY(near(grid.barLength(2.0), 3.0));
        QVERIFY(near(grid.barLength(4.5), 2.0));   // a bar of two beats among those of three
        QVERIFY(near(grid.placeInBar(0.0), 2.0));  // a pick-up is the end of a bar
        QVERIFY(near(grid.placeInBar(10.0), 1.0)); // bars from beat 6 on: 6, 9
    }

    void withoutBeats() {
        Plan plan;
        plan.seconds = 2.0;
        plan.bpm = 120.0;
        const BeatGrid grid(plan);
        QCOMPARE(grid.beats(), 4);
        QVERIFY(near(grid.secondsAt(3.0), 1.5));
        QVERIFY(near(grid.placeInBar(5.0), 1.0));
    }
};

QTEST_APPLESS_MAIN(BeatGridTest)
#include "BeatGridTest.moc"
