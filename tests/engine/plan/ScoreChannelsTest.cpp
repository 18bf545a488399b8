#include "engine/plan/ScoreChannels.h"

#include <QtTest/QtTest>

#include <limits>
#include <stdexcept>

using namespace n2m::plan;

namespace {

constexpr int frames = 400;
constexpr double rate = 100.0;

Plan scored() {
    Plan plan;
    plan.seconds = 4.0;
    plan.parts = {{Part::Role::Lead, 73, {{1.0, 1.5, 60, 127}, {2.0, 2.1, 108, 64}}},
                  {Part::Role::Bass, 32, {{0.0, 1.0, 28, 100}}},
                  {Part::Role::Accompaniment, 8004, {{0.5, 1.0, 48, 80}, {0.5, 1.0, 52, 80}}},
                  {Part::Role::Accompaniment, 49, {{0.5, 1.0, 48, 90}}},
                  {Part::Role::Drums, 25, {{0.502, 0.6, 36, 127}, {0.502, 0.6, 42, 64}}}};
    return plan;
}

float at(const std::vector<float>& values, int channel, int frame, int length = frames) {
    return values[static_cast<std::size_t>(channel) * static_cast<std::size_t>(length) +
                  static_cast<std::size_t>(frame)];
}

} // namespace

class ScoreChannelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void notes() {
        const Plan plan = scored();
        const auto values = scoreChannels(&plan, frames, rate);
        QCOMPARE(values.size(), std::size_t(scoreChannelCount) * frames);
        QCOMPARE(at(values, NoScore, 100), 0.0f);
        // Middle C from 1 s to 1.5 s: frames 100 to 149.
        QCOMPARE(at(values, LeadNotes + 60 - 36, 99), 0.0f);
        QCOMPARE(at(values, LeadNotes + 60 - 36, 100), 1.0f);
        QCOMPARE(at(values, LeadNotes + 60 - 36, 149), 1.0f);
        QCOMPARE(at(values, LeadNotes + 60 - 36, 150), 0.0f);
        // C8 lies above the range: two octaves down.
        QCOMPARE(at(values, LeadNotes + 84 - 36, 205), 64.0f / 127.0f);
        QCOMPARE(at(values, BassNotes + 28 - 24, 50), 100.0f / 127.0f);
        // Two parts on one pitch: the louder one.
        QCOMPARE(at(values, AccompanimentNotes + 48 - 36, 60), 90.0f / 127.0f);
        QCOMPARE(at(values, AccompanimentNotes + 52 - 36, 60), 80.0f / 127.0f);
        // 5 ms beside the onset, at full velocity: exp(-(5/15)²/2) = 0.9460
        QVERIFY(std::abs(at(values, LeadOnset, 100) - 0.9460f) < 1e-3f);
        QVERIFY(std::abs(at(values, LeadOnset, 99) - 0.9460f) < 1e-3f);
        QCOMPARE(at(values, LeadOnset, 120), 0.0f);
    }

    void players() {
        const Plan plan = scored();
        const auto values = scoreChannels(&plan, frames, rate);
        for (const int frame : {0, 399}) {
            for (int program = 0; program < 128; ++program) {
                QCOMPARE(at(values, LeadProgram + program, frame), program == 73 ? 1.0f : 0.0f);
                const bool other = program == 32 || program == 4 || program == 49; // 8004: bank 8, program 4
                QCOMPARE(at(values, OtherPrograms + program, frame), other ? 1.0f : 0.0f);
            }
            for (int kit = 0; kit < 9; ++kit)
                QCOMPARE(at(values, DrumKit + kit, frame), kit == 4 ? 1.0f : 0.0f);
        }
    }

    void drums() {
        const Plan plan = scored();
        const auto values = scoreChannels(&plan, frames, rate);
        QCOMPARE(at(values, DrumHits, 49), 0.0f);
        QVERIFY(std::abs(at(values, DrumHits, 50) - std::exp(-0.003f / 0.06f)) < 1e-4f);
        QVERIFY(std::abs(at(values, DrumHits, 56) - std::exp(-0.063f / 0.06f)) < 1e-4f);
        QVERIFY(std::abs(at(values, DrumHits + 2, 50) - 64.0f / 127.0f * std::exp(-0.003f / 0.06f)) < 1e-4f);
        QCOMPARE(at(values, DrumHits + 1, 50), 0.0f);
    }

    void noScore() {
        Plan skeleton = scored();
        skeleton.parts.clear();
        for (const Plan* plan : {static_cast<const Plan*>(nullptr), static_cast<const Plan*>(&skeleton)}) {
            const auto values = scoreChannels(plan, 50, rate, 3.8); // beyond the skeleton's end too
            for (int channel = 0; channel < scoreChannelCount; ++channel) {
                for (int frame = 0; frame < 50; ++frame)
                    QCOMPARE(at(values, channel, frame, 50), channel == NoScore ? 1.0f : 0.0f);
            }
        }
    }

    void snippetsAreSlices() {
        const Plan plan = scored();
        const auto whole = scoreChannels(&plan, frames, rate);
        for (const int first : {1, 52, 333}) {
            const auto part = scoreChannels(&plan, 100, rate, first / rate);
            for (int channel = 0; channel < scoreChannelCount; ++channel) {
                for (int frame = 0; frame < 100; ++frame) {
                    const float expected = first + frame < frames ? at(whole, channel, first + frame) : 0.0f;
                    QCOMPARE(at(part, channel, frame, 100), expected);
                }
            }
        }
    }

    void refusals() {
        const Plan plan = scored();
        QVERIFY_EXCEPTION_THROWN(scoreChannels(&plan, -1, rate), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(scoreChannels(&plan, 10, -5.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(scoreChannels(&plan, 10, rate, std::numeric_limits<double>::infinity()),
                                 std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(ScoreChannelsTest)
#include "ScoreChannelsTest.moc"
