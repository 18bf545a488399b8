#include "engine/plan/ScoreRoll.h"

#include "engine/composer/Composer.h"
#include "engine/plan/BeatGrid.h"
#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <cmath>
#include <set>
#include <stdexcept>
#include <tuple>

using namespace n2m::plan;

namespace {

// 120 bpm, so that a position is 1/24 s.
Plan planIn(const char* key) {
    PlanSketch sketch;
    sketch.bpm = 120.0;
    sketch.key = parseKey(key);
    return buildPlan(sketch, 8.0);
}

float at(const std::vector<float>& roll, int channel, int position, int positions = 192) {
    return roll[static_cast<std::size_t>(channel * positions + position)];
}

// Position, length in positions, and pitch of each note; of drums the position alone.
using Placed = std::multiset<std::tuple<long, long, int>>;
Placed placed(const Part& part, const Plan& plan, bool lengths) {
    const BeatGrid grid(plan);
    Placed result;
    const auto position = [&](double time) { return std::lround(grid.beatAt(time) * positionsPerBeat); };
    for (const Note& note : part.notes)
        result.insert({position(note.start), lengths ? position(note.end) - position(note.start) : 0,
                       part.role == Part::Role::Drums && !lengths ? 0 : note.pitch});
    return result;
}

} // namespace

class ScoreRollTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void channels() {
        Plan plan = planIn("D major"); // the tonic is D4, MIDI 62
        plan.parts = {{Part::Role::Lead, 40, {{0.5, 1.0, 62, 80}, {1.0, 1.25, 66, 127}}},
                      {Part::Role::Drums, 0, {{0.25, 0.3, 36, 127}}}};
        const auto roll = scoreRoll(plan, 192);
        QCOMPARE(roll.size(), std::size_t(scoreChannelCount) * 192);
        QCOMPARE(at(roll, 16, 11), 0.0f); // 16 semitones above the lowest channel
        QCOMPARE(at(roll, 16, 12), 1.0f);
        QCOMPARE(at(roll, 16, 13), 0.5f);
        QCOMPARE(at(roll, 16, 23), 0.5f);
        QCOMPARE(at(roll, 16, 24), 0.0f);
        QCOMPARE(at(roll, 20, 24), 1.0f);
        QCOMPARE(at(roll, 184, 6), 1.0f);
        QCOMPARE(at(roll, firstLoudnessChannel, 12), 0.0f);
        QCOMPARE(at(roll, firstLoudnessChannel, 30), 0.4f); // (127 − 80)/117.5
        QCOMPARE(std::abs(at(roll, firstInstrumentChannel, 0)), instrumentLevel);
        QCOMPARE(at(roll, firstInstrumentChannel + 16, 0), 0.0f); // no accompaniment
    }

    void sameMusicInAnotherKey() {
        Plan low = planIn("G minor"), high = planIn("B minor"); // the tonics are four semitones apart
        low.parts = {{Part::Role::Bass, 33, {{0.0, 1.0, 31, 90}}}};
        high.parts = {{Part::Role::Bass, 33, {{0.0, 1.0, 35, 90}}}};
        QVERIFY(scoreRoll(low, 96) == scoreRoll(high, 96));
    }

    // A composed score survives the roll: every onset and pitch, and the instruments without their banks.
    void comesBack() {
        const n2m::composer::Vocabulary vocabulary;
        for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
            Plan plan = n2m::composer::compose(vocabulary, n2m::composer::drawSketch(vocabulary, seed)).plan;
            const int positions = BeatGrid(plan).beats() * positionsPerBeat;
            const Plan once = [&] { // on the grid, in the channels' ranges
                Plan copy = plan;
                copy.parts.clear();
                for (Part& part : partsOfRoll(scoreRoll(plan, positions), positions, plan))
                    copy.parts.push_back(std::move(part));
                return copy;
            }();
            const auto twice = partsOfRoll(scoreRoll(once, positions), positions, once);
            std::size_t notes = 0;
            for (int slot = 0; slot < scoreSlotCount; ++slot) {
                const Part& first = once.parts[static_cast<std::size_t>(slot)];
                const Part& second = twice[static_cast<std::size_t>(slot)];
                QVERIFY(placed(first, plan, true) == placed(second, plan, true));
                const Part* original = partOf(plan, static_cast<ScoreSlot>(slot));
                QCOMPARE(original != nullptr && !original->notes.empty(), !first.notes.empty());
                if (!original || first.notes.empty()) continue;
                QCOMPARE(first.program, original->program % 1000);
                notes += first.notes.size();
                const Placed before = placed(*original, plan, false), after = placed(first, plan, false);
                std::size_t found = 0;
                for (const auto& note : after)
                    found += before.contains(note);
                // Percussion of one kind becomes one drum, far octaves move; most notes are the same.
                QVERIFY2(found * 10 >= after.size() * 8, qPrintable(QString("seed %1 slot %2").arg(seed).arg(slot)));
                QVERIFY(after.size() * 10 >= original->notes.size() * 8);
            }
            QVERIFY(notes > 50);
        }
    }

    void codewordsAreFarApart() {
        for (int a = 0; a < 128; ++a) {
            for (int b = 0; b < a; ++b) {
                const auto first = instrumentCode(a), second = instrumentCode(b);
                int differing = 0;
                for (std::size_t bit = 0; bit < first.size(); ++bit)
                    differing += first[bit] != second[bit];
                QVERIFY(differing >= 6);
            }
        }
        QVERIFY(instrumentCode(8004) == instrumentCode(4));
    }

    // Noise of a tenth of an onset and a window in the middle of the piece change nothing.
    void readsNoisyWindows() {
        Plan plan = planIn("C major");
        plan.parts = {{Part::Role::Lead, 73, {{2.0, 3.0, 72, 80}, {3.0, 3.5, 72, 80}, {4.0, 4.5, 74, 80}}}};
        auto roll = scoreRoll(plan, 96, 4);
        for (std::size_t n = 0; n < roll.size(); ++n)
            roll[n] += n % 2 ? 0.1f : -0.1f;
        const Part lead = partsOfRoll(roll, 96, plan, 4)[0];
        QCOMPARE(lead.notes.size(), std::size_t(3));
        QCOMPARE(lead.notes[1].start, 3.0);
        QCOMPARE(lead.notes[0].end, 3.0);
        QCOMPARE(lead.program, 73);
        QVERIFY_THROWS_EXCEPTION(std::invalid_argument, partsOfRoll(roll, 95, plan));
    }
};

QTEST_APPLESS_MAIN(ScoreRollTest)
#include "ScoreRollTest.moc"
