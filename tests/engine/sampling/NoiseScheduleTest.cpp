#include "engine/sampling/NoiseSchedule.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using n2m::sampling::NoiseSchedule;
using n2m::sampling::NoiseScheduleKind;

namespace {

constexpr NoiseScheduleKind kinds[] = {NoiseScheduleKind::Cosine, NoiseScheduleKind::Linear};

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

} // namespace

class NoiseScheduleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void squaresSumToOne() {
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            for (double t = 0.0; t <= 1.0; t += 1.0 / 128) {
                const double alpha = schedule.alpha(t), sigma = schedule.sigma(t);
                QVERIFY(std::abs(alpha * alpha + sigma * sigma - 1.0) < 1e-12);
            }
        }
    }

    void endsOfLambda() {
        // The paper's: λ_0 = 20 and λ_1 = −20 for cosine.
        const NoiseSchedule cosine(NoiseScheduleKind::Cosine);
        QVERIFY(close(cosine.lambda(0.0), 20.0, 1e-9));
        QVERIFY(close(cosine.lambda(1.0), -20.0, 1e-9));
        // DDPM: ln α_1² = −1000 (β_0 + β_1)/2 = −10.05, so λ_1 = −10.05 − ln(1 − e^−10.05).
        const NoiseSchedule linear(NoiseScheduleKind::Linear);
        QCOMPARE(linear.lambda(0.0), std::numeric_limits<double>::infinity());
        QCOMPARE(linear.sigma(0.0), 0.0);
        QVERIFY(close(linear.lambda(1.0), -10.049956814, 1e-9));
    }

    void linearIsTheProductOfDdpm() {
        // Ho et al., 2020: ᾱ_n = Π (1 − β_i), β linear from 1e-4 to 0.02 over 1000 steps. The continuous form is its
        // limit.
        const NoiseSchedule linear(NoiseScheduleKind::Linear);
        double product = 1.0;
        for (int step = 1; step <= 1000; ++step) {
            product *= 1.0 - (1e-4 + (0.02 - 1e-4) * (step - 1) / 999.0);
            const double alpha = linear.alpha(step / 1000.0);
            // Second order of ln(1 − β): Σ β²/2 is at most 0.0675 at the end of the walk.
            QVERIFY(std::abs(std::log(alpha * alpha) - std::log(product)) < 0.09);
        }
        QVERIFY(close(std::log(product), -10.1182, 1e-4)); // the well-known ᾱ_1000 = 4.0e-5
    }

    void tinyTimesDoNotCancel() {
        // σ² = 1 − e^(−0.1 t) ≈ 0.1 t for the linear one; 1 − α² would be 0 here.
        const NoiseSchedule linear(NoiseScheduleKind::Linear);
        const double t = 1e-18;
        QVERIFY(close(linear.sigma(t) / std::sqrt(0.1 * t), 1.0, 1e-6));
        QVERIFY(close(linear.lambda(t), -std::log(0.1 * t), 1e-9));
    }

    void fallsAndInverts() {
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            double before = std::numeric_limits<double>::infinity();
            for (double t = 1.0 / 256; t <= 1.0; t += 1.0 / 256) {
                const double lambda = schedule.lambda(t);
                QVERIFY(lambda < before);
                QVERIFY(std::abs(schedule.time(lambda) - t) < 1e-9);
                QVERIFY(close(lambda, 2.0 * std::log(schedule.alpha(t) / schedule.sigma(t)), 1e-6));
                before = lambda;
            }
            QCOMPARE(schedule.time(1e6), 0.0);
            QCOMPARE(schedule.time(-1e6), 1.0);
        }
    }

    void timesOutsideAreTheNearerEnd() {
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            QCOMPARE(schedule.alpha(-0.5), schedule.alpha(0.0));
            QCOMPARE(schedule.sigma(1.5), schedule.sigma(1.0));
        }
    }
};

QTEST_GUILESS_MAIN(NoiseScheduleTest)
#include "NoiseScheduleTest.moc"
