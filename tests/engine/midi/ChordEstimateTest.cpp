#include "engine/midi/ChordEstimate.h"
#include "engine/midi/KeyEstimate.h"

#include "engine/plan/Harmony.h"
#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

using namespace n2m;
using namespace n2m::midi;
using plan::Part;

namespace {

// Bars of two seconds in four-four, without chords.
plan::Plan empty(const char* key, double seconds) {
    plan::PlanSketch sketch;
    sketch.key = plan::parseKey(key);
    return plan::buildPlan(sketch, seconds);
}

void play(plan::Plan& plan, double start, double end, std::initializer_list<int> pitches) {
    if (plan.parts.empty()) plan.parts.push_back({Part::Role::Accompaniment, 0, {}});
    for (const int pitch : pitches)
        plan.parts[0].notes.push_back({start, end, pitch, 90});
}

std::string chordsOf(const plan::Plan& plan) {
    std::string line;
    for (const plan::ChordSpan& span : estimateChords(plan))
        line += fmt::format("{:g} {}  ", span.start, span.chord.symbol);
    return line;
}

} // namespace

class ChordEstimateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hearsBlockChords() {
        plan::Plan plan = empty("A minor", 8.0);
        play(plan, 0.0, 2.0, {45, 57, 60, 64});
        play(plan, 2.0, 4.0, {41, 57, 60, 65});
        play(plan, 4.0, 5.0, {36, 55, 60, 64});
        play(plan, 5.0, 6.0, {43, 55, 59, 62});
        play(plan, 6.0, 8.0, {40, 56, 59, 62, 64});
        QCOMPARE(chordsOf(plan), std::string("0 Am  2 F  4 C  5 G  6 E7  "));
    }

    // Eighths upwards from a bass note that sounds but once: the bar is one chord.
    void hearsArpeggios() {
        plan::Plan plan = empty("C major", 4.0);
        const std::initializer_list<int> first{48, 60, 64, 67, 72, 67, 64, 60}, second{50, 62, 65, 69, 74, 69, 65, 62};
        double time = 0.0;
        for (const auto& bar : {first, second})
            for (const int pitch : bar) {
                play(plan, time, time + 0.25, {pitch});
                time += 0.25;
            }
        QCOMPARE(chordsOf(plan), std::string("0 C  2 Dm  "));
    }

    // A melody's passing notes do not change the chord below it; drums say nothing.
    void passingNotesAndDrumsChangeNothing() {
        plan::Plan plan = empty("C major", 4.0);
        play(plan, 0.0, 2.0, {48, 64, 67});
        play(plan, 2.0, 4.0, {43, 62, 67});
        for (int n = 0; n < 16; ++n)
            play(plan, n * 0.25, n * 0.25 + 0.2, {72 + n % 3});
        plan.parts.push_back({Part::Role::Drums, 0, {{0.0, 4.0, 37, 127}, {0.0, 4.0, 42, 127}}});
        QCOMPARE(chordsOf(plan), std::string("0 C  2 G  "));
        plan.parts.erase(plan.parts.begin());
        QVERIFY(estimateChords(plan).empty());
    }

    // A tune without chords gets those that one would strum to it.
    void harmonisesAMelody() {
        plan::Plan plan = empty("C major", 8.0);
        double time = 0.0;
        for (const int pitch : {60, 62, 64, 67, 69, 67, 65, 60, 62, 67, 71, 67, 64, 62, 60, 60}) {
            play(plan, time, time + 0.45, {pitch});
            time += 0.5;
        }
        QCOMPARE(chordsOf(plan), std::string("0 C  2 F  4 G  6 C  "));
    }

    void spellsInTheKey() {
        plan::Plan plan = empty("Eb major", 2.0);
        play(plan, 0.0, 2.0, {44, 60, 63, 68});
        QCOMPARE(chordsOf(plan), std::string("0 Ab  "));
    }

    void findsTheKey() {
        for (int tonic = 0; tonic < 12; ++tonic) {
            plan::Plan plan;
            play(plan, 0.0, 1.0,
                 {60 + tonic, 64 + tonic, 67 + tonic, 62 + tonic, 65 + tonic, 67 + tonic, 71 + tonic, 60 + tonic});
            QVERIFY(estimateKey(pitchClassTimes(plan.parts)) == (plan::Key{tonic, false}));
            QCOMPARE(shareInKey(pitchClassTimes(plan.parts), {tonic, false}), 1.0);
            plan::Plan minor;
            play(minor, 0.0, 1.0,
                 {60 + tonic, 63 + tonic, 67 + tonic, 65 + tonic, 68 + tonic, 71 + tonic, 67 + tonic, 60 + tonic});
            QVERIFY(estimateKey(pitchClassTimes(minor.parts)) == (plan::Key{tonic, true}));
        }
        QVERIFY(estimateKey({}) == plan::Key{});
    }
};

QTEST_GUILESS_MAIN(ChordEstimateTest)
#include "ChordEstimateTest.moc"
