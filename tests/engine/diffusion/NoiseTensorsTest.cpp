#include "engine/diffusion/NoiseTensors.h"

#include <torch/types.h>

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace n2m::diffusion;
using n2m::sampling::NoiseSchedule;
using n2m::sampling::NoiseScheduleKind;

namespace {

constexpr NoiseScheduleKind kinds[] = {NoiseScheduleKind::Cosine, NoiseScheduleKind::Linear};

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance * std::max(1.0, std::abs(b));
}

} // namespace

class NoiseTensorsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tensorsAgreeWithNumbers() {
        const torch::Tensor t = torch::tensor({0.0, 1e-6, 0.01, 0.3, 0.77, 1.0}, torch::kFloat64).reshape({2, 3});
        for (const auto kind : kinds) {
            const NoiseSchedule schedule(kind);
            const torch::Tensor alpha = alphaAt(schedule, t), sigma = sigmaAt(schedule, t),
                                lambda = lambdaAt(schedule, t);
            QVERIFY(alpha.sizes() == t.sizes());
            QVERIFY(alpha.scalar_type() == torch::kFloat32);
            for (int row = 0; row < 2; ++row) {
                for (int column = 0; column < 3; ++column) {
                    const double time = t[row][column].item<double>();
                    QVERIFY(close(alpha[row][column].item<double>(), schedule.alpha(time), 1e-6));
                    QVERIFY(close(sigma[row][column].item<double>(), schedule.sigma(time), 1e-6));
                    const double expected = schedule.lambda(time);
                    if (std::isfinite(expected))
                        QVERIFY(close(lambda[row][column].item<double>(), expected, 1e-6));
                    else
                        QVERIFY(std::isinf(lambda[row][column].item<double>()));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(NoiseTensorsTest)
#include "NoiseTensorsTest.moc"
