#include "engine/sampling/StepSchedule.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using n2m::sampling::NoiseSchedule;
using n2m::sampling::NoiseScheduleKind;
using n2m::sampling::StepSchedule;

namespace {

const NoiseSchedule cosine(NoiseScheduleKind::Cosine);
const NoiseSchedule linear(NoiseScheduleKind::Linear);

} // namespace

class StepScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsOfThePaper() {
        // The tables of noise2music.md (Noise2Music, appendix): steps of each model's list.
        const std::vector<std::pair<const char*, int>> expected{{"waveform-generator", 1000},
                                                                {"waveform-cascader", 800},
                                                                {"spectrogram-generator", 1000},
                                                                {"vocoder", 100},
                                                                {"super-resolution", 800},
                                                                {"spectrogram-generator-front-heavy", 2000},
                                                                {"waveform-generator-back-heavy", 1000},
                                                                {"front-heavy", 800},
                                                                {"back-heavy", 800},
                                                                {"uniform", 0},
                                                                {"karras", 0},
                                                                {"lambda", 0}};
        for (const auto& [name, steps] : expected)
            QCOMPARE(StepSchedule(name).ownSteps(), steps);
    }

    void sizesOfThePaper() {
        // 0.01/200, 0.04/400, 0.15/200, 0.3/150, 0.5/50, from t = 0.
        const std::vector<double> sizes = StepSchedule("waveform-generator").sizes(1000, cosine);
        QCOMPARE(sizes.size(), std::size_t(1000));
        for (int index = 0; index < 1000; ++index) {
            const double expected = index < 200   ? 0.01 / 200
                                    : index < 600 ? 0.04 / 400
                                    : index < 800 ? 0.15 / 200
                                    : index < 950 ? 0.3 / 150
                                                  : 0.5 / 50;
            QVERIFY(std::abs(sizes[static_cast<std::size_t>(index)] - expected) < 1e-12);
        }
        // The spectrogram generator's results: 0.3/50, 0.3/150, 0.2/300, 0.2/500.
        const std::vector<double> back = StepSchedule("spectrogram-generator").sizes(1000, linear);
        for (const auto& [index, expected] : std::vector<std::pair<std::size_t, double>>{{0, 0.3 / 50},
                                                                                         {49, 0.3 / 50},
                                                                                         {50, 0.3 / 150},
                                                                                         {199, 0.3 / 150},
                                                                                         {200, 0.2 / 300},
                                                                                         {500, 0.2 / 500},
                                                                                         {999, 0.2 / 500}}) {
            QVERIFY(std::abs(back[index] - expected) < 1e-12);
        }
    }

    void backHeavyIsTheReverse() {
        for (const char* model : {"", "waveform-generator-", "waveform-cascader-", "spectrogram-generator-", "vocoder-",
                                  "super-resolution-"}) {
            const StepSchedule front(std::string(model) + "front-heavy"), back(std::string(model) + "back-heavy");
            std::vector<double> expected = front.sizes(front.ownSteps(), cosine);
            std::reverse(expected.begin(), expected.end());
            const std::vector<double> sizes = back.sizes(back.ownSteps(), cosine);
            QCOMPARE(sizes.size(), expected.size());
            for (std::size_t index = 0; index < sizes.size(); ++index)
                QVERIFY(std::abs(sizes[index] - expected[index]) < 1e-12);
        }
    }

    void everyScheduleWalksFromOneToZero() {
        for (const std::string& name : StepSchedule::names()) {
            for (const NoiseSchedule& noise : {cosine, linear}) {
                for (const int steps : {1, 2, 3, 20, 37, 100, 1000, 2500}) {
                    const std::vector<double> times = StepSchedule(name).times(steps, noise);
                    QCOMPARE(times.size(), std::size_t(steps) + 1);
                    QCOMPARE(times.front(), 1.0);
                    QCOMPARE(times.back(), 0.0);
                    for (std::size_t index = 1; index < times.size(); ++index)
                        QVERIFY2(times[index] < times[index - 1], name.c_str());
                    const std::vector<double> sizes = StepSchedule(name).sizes(steps, noise);
                    QVERIFY(std::abs(std::accumulate(sizes.begin(), sizes.end(), 0.0) - 1.0) < 1e-9);
                }
            }
        }
    }

    void scaledListsKeepTheirShape() {
        // Half the steps of a list are every other of its times.
        const StepSchedule schedule("vocoder");
        const std::vector<double> whole = schedule.times(100, cosine), half = schedule.times(50, cosine);
        for (std::size_t index = 0; index <= 50; ++index)
            QVERIFY(std::abs(half[index] - whole[2 * index]) < 1e-12);
    }

    void lambdaIsEqualInLambda() {
        const std::vector<double> times = StepSchedule("lambda").times(22, cosine);
        const double step = cosine.lambda(times[2]) - cosine.lambda(times[1]);
        for (std::size_t index = 2; index < 21; ++index) {
            QVERIFY(std::abs(cosine.lambda(times[index + 1]) - cosine.lambda(times[index]) - step) < 1e-6);
        }
        // σ/α = 0.002 is λ = 12.43, which the cosine schedule reaches.
        QVERIFY(std::abs(std::exp(-cosine.lambda(times[21]) / 2.0) - 0.002) < 1e-9);
    }

    void karrasIsTheirEquation() {
        // Karras et al., 2022, eq. 5, written out: σ_i = (σ_max^(1/7) + i/(N−1) (σ_min^(1/7) − σ_max^(1/7)))^7.
        const std::vector<double> times = StepSchedule("karras").times(18, cosine);
        for (int index = 1; index < 18; ++index) {
            const double expected = std::pow(
                std::pow(80.0, 1.0 / 7) + index / 17.0 * (std::pow(0.002, 1.0 / 7) - std::pow(80.0, 1.0 / 7)), 7.0);
            const double t = times[static_cast<std::size_t>(index)];
            QVERIFY(std::abs(cosine.sigma(t) / cosine.alpha(t) / expected - 1.0) < 1e-6);
        }
    }

    void unknownNamesAndNoStepsAreRefused() {
        try {
            StepSchedule("sideways");
            QFAIL("an unknown name was taken");
        } catch (const std::invalid_argument& error) {
            QVERIFY(QString(error.what()).contains("sideways"));
            QVERIFY(QString(error.what()).contains("front-heavy"));
        }
        QVERIFY_EXCEPTION_THROWN(StepSchedule(""), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(StepSchedule("nonsense-back-heavy"), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(StepSchedule("uniform").times(0, cosine), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(StepScheduleTest)
#include "StepScheduleTest.moc"
