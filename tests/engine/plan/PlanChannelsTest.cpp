#include "engine/plan/PlanChannels.h"

#include "engine/plan/PlanBuilder.h"

#include <QtTest/QtTest>

#include <chrono>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

using namespace n2m::plan;

namespace {

constexpr int frames = 2944;
constexpr double rate = 100.0;

Plan plan(double bpm = 120.0, double pickup = 0.0) {
    PlanSketch sketch;
    sketch.bpm = bpm;
    sketch.key = parseKey("A minor");
    sketch.progressions = {parseProgression("Am | F | C/E | G7")};
    sketch.form = {{"intro", 2, 0.25f, 0}, {"chorus", 4, 0.875f, 0}};
    return buildPlan(sketch, 29.44, pickup);
}

float at(const std::vector<float>& values, int channel, int frame, int length = frames) {
    return values[static_cast<std::size_t>(channel) * static_cast<std::size_t>(length) +
                  static_cast<std::size_t>(frame)];
}

} // namespace

class PlanChannelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // 120 bpm: a beat is 0.5 s = 50 frames, a bar 200. The expected values follow from that by hand.
    void grid() {
        const auto values = planChannels(plan(), frames, rate);
        QCOMPARE(values.size(), std::size_t(planChannelCount) * frames);
        const double turn = 2.0 * std::numbers::pi;
        for (const int frame : {0, 12, 77, 1000, 2943}) {
            const double time = (frame + 0.5) / rate;
            QVERIFY(std::abs(at(values, BeatSine, frame) - std::sin(turn * time / 0.5)) < 1e-4);
            QVERIFY(std::abs(at(values, BeatCosine, frame) - std::cos(turn * time / 0.5)) < 1e-4);
            QVERIFY(std::abs(at(values, BarSine, frame) - std::sin(turn * time / 2.0)) < 1e-4);
            QVERIFY(std::abs(at(values, BarCosine, frame) - std::cos(turn * time / 2.0)) < 1e-4);
        }
        // 5 ms from a beat: exp(-(5/20)²/2) = 0.9692
        QVERIFY(std::abs(at(values, BeatBump, 50) - 0.9692f) < 1e-3f);
        QVERIFY(std::abs(at(values, BeatBump, 49) - 0.9692f) < 1e-3f);
        QCOMPARE(at(values, BeatBump, 75), 0.0f);
        QCOMPARE(at(values, DownbeatBump, 50), 0.0f);
        QVERIFY(at(values, DownbeatBump, 200) > 0.9f);
    }

    void harmony() {
        const auto values = planChannels(plan(), frames, rate);
        const auto row = [&](int first, int frame) {
            std::string bits;
            for (int p = 0; p < 12; ++p)
                bits += at(values, first + p, frame) == 1.0f ? '1' : '0';
            return bits;
        };
        // Frame 199 is the last of Am (A C E), 200 the first of F (F A C).
        QCOMPARE(row(ChordTones, 199), "100010000100");
        QCOMPARE(row(ChordRoot, 199), "000000000100");
        QCOMPARE(row(ChordTones, 200), "100001000100");
        QCOMPARE(row(ChordRoot, 200), "000001000000");
        // The chorus begins with bar 3 (4 s) and the progression begins again.
        QCOMPARE(row(ChordRoot, 400), "000000000100");
        QCOMPARE(row(ChordTones, 1199), "001001010001"); // G7
    }

    void sections() {
        const auto values = planChannels(plan(), frames, rate);
        QCOMPARE(at(values, SectionEnergy, 399), 0.25f);
        QCOMPARE(at(values, SectionEnergy, 400), 0.875f);
        QVERIFY(at(values, SectionBump, 400) > 0.99f);
        QCOMPARE(at(values, SectionBump, 600), 0.0f);
        QVERIFY(std::abs(at(values, SectionPlace, 200) - 0.50125f) < 1e-5f);
        QCOMPARE(at(values, NoPlan, 400), 0.0f);
    }

    void noPlan() {
        const auto values = noPlanChannels(100);
        for (int channel = 0; channel < planChannelCount; ++channel) {
            for (int frame = 0; frame < 100; ++frame)
                QCOMPARE(at(values, channel, frame, 100), channel == NoPlan ? 1.0f : 0.0f);
        }
    }

    void snippetsAreSlices() {
        for (const double bpm : {120.0, 93.7, 174.3}) {
            const Plan p = plan(bpm, 0.37);
            const auto whole = planChannels(p, frames, rate);
            for (const int first : {0, 1, 333, 1777, 2600}) {
                const auto part = planChannels(p, 400, rate, first / rate);
                for (int channel = 0; channel < planChannelCount; ++channel) {
                    for (int frame = 0; frame < 400; ++frame) {
                        const float expected = first + frame < frames ? at(whole, channel, first + frame) : 0.0f;
                        QCOMPARE(at(part, channel, frame, 400), expected);
                    }
                }
            }
        }
    }

    // The pickup's phases run backwards from the first beats; one lone beat takes its rate from the bpm.
    void outsideTheBeats() {
        const auto values = planChannels(plan(120.0, 1.3), frames, rate);
        QVERIFY(std::abs(at(values, BeatBump, 29) - 0.9692f) < 1e-3f); // beats at 0.3 and 0.8 s
        QVERIFY(std::abs(at(values, BarSine, 30) - std::sin(2.0 * std::numbers::pi * (0.305 - 1.3) / 2.0)) < 1e-4);
        Plan lone = plan();
        lone.beats.resize(1);
        const auto one = planChannels(lone, frames, rate);
        QVERIFY(std::abs(at(one, BeatSine, 112) - std::sin(2.0 * std::numbers::pi * 1.125 / 0.5)) < 1e-4);
        lone.beats.clear();
        const auto none = planChannels(lone, frames, rate);
        for (int frame = 0; frame < frames; ++frame)
            QCOMPARE(at(none, BeatCosine, frame), 0.0f);
    }

    void bounded() {
        for (const float value : planChannels(plan(66.6, 0.2), 4000, 62.5, -3.0))
            QVERIFY(value >= -1.0f && value <= 1.0f);
    }

    void quick() {
        const Plan p = plan();
        planChannels(p, 3000, rate);
        double best = 1.0; // the fastest of a few, as others use this machine too
        for (int n = 0; n < 20; ++n) {
            const auto begin = std::chrono::steady_clock::now();
            planChannels(p, 3000, rate);
            best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
        }
        qInfo("3000 frames: %.3f ms", best * 1e3);
        QVERIFY2(best < 0.01, "more than ten times what a training sample may cost");
    }

    void refusals() {
        QVERIFY_EXCEPTION_THROWN(planChannels(plan(), -1, rate), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(planChannels(plan(), 10, 0.0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(planChannels(plan(), 10, rate, std::numeric_limits<double>::quiet_NaN()),
                                 std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(noPlanChannels(-1), std::invalid_argument);
        QVERIFY(planChannels(plan(), 0, rate).empty());
    }
};

QTEST_GUILESS_MAIN(PlanChannelsTest)
#include "PlanChannelsTest.moc"
