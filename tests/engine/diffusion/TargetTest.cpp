#include "engine/diffusion/Target.h"
#include "engine/diffusion/NoiseSource.h"
#include "engine/diffusion/Prediction.h"

#include <ATen/CPUGeneratorImpl.h>
#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::diffusion;
using namespace n2m::sampling;

namespace {

constexpr Prediction predictions[] = {Prediction::Epsilon, Prediction::V, Prediction::X0};

torch::Tensor noise(std::uint64_t seed, std::vector<std::int64_t> shape) {
    return torch::randn(shape, at::detail::createCPUGenerator(seed));
}

bool near(const torch::Tensor& a, const torch::Tensor& b, double tolerance = 1e-5) {
    return a.sizes() == b.sizes() && (a - b).abs().max().item<double>() <= tolerance;
}

} // namespace

class TargetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void predictionsGiveEachOther() {
        const torch::Tensor x0 = noise(1, {2, 3, 50}), epsilon = noise(2, {2, 3, 50});
        for (const double angle : {0.1, 0.7, 1.4}) { // α and σ as cosine and sine of any angle
            const double alpha = std::cos(angle), sigma = std::sin(angle);
            const torch::Tensor noisy = alpha * x0 + sigma * epsilon;
            const torch::Tensor alphas = torch::full({2, 1, 1}, alpha), sigmas = torch::full({2, 1, 1}, sigma);
            for (const Prediction kind : predictions) {
                const torch::Tensor output = fromData(kind, x0, epsilon, alphas, sigmas);
                QVERIFY(near(toX0(kind, output, noisy, alpha, sigma), x0, 2e-5));
                QVERIFY(near(toEpsilon(kind, output, noisy, alpha, sigma), epsilon, 2e-5));
                QVERIFY(near(toX0(kind, output, noisy, alphas, sigmas), x0, 2e-5));
                QVERIFY(near(toEpsilon(kind, output, noisy, alphas, sigmas), epsilon, 2e-5));
            }
        }
    }

    void velocityIsTheDerivativeByTheAngle() {
        // Salimans & Ho, 2022, §D: with x = cos(φ) x_0 + sin(φ) ε, v = dx/dφ. Central difference in double.
        const torch::Tensor x0 = noise(3, {1, 1, 40}).to(torch::kFloat64),
                            epsilon = noise(4, {1, 1, 40}).to(torch::kFloat64);
        const double angle = 0.9, h = 1e-5;
        const auto at = [&](double phi) { return std::cos(phi) * x0 + std::sin(phi) * epsilon; };
        const torch::Tensor derivative = (at(angle + h) - at(angle - h)) / (2 * h);
        const auto number = [](double value) { return torch::full({1, 1, 1}, value, torch::kFloat64); };
        QVERIFY(near(fromData(Prediction::V, x0, epsilon, number(std::cos(angle)), number(std::sin(angle))), derivative,
                     1e-8));
    }

    void noTimeIsAnInfinity() {
        const torch::Tensor noisy = noise(5, {1, 1, 8});
        for (const Prediction kind : predictions) {
            QVERIFY(torch::isfinite(toX0(kind, noisy, noisy, 4.54e-5, 1.0)).all().item<bool>());  // cosine, t = 1
            QVERIFY(torch::isfinite(toEpsilon(kind, noisy, noisy, 1.0, 0.0)).all().item<bool>()); // linear, t = 0
        }
    }

    void targetsAreConsistent() {
        // A network that knew data and noise would have no loss, and its output would give back the data in its own
        // units.
        const torch::Tensor data = 0.36f * noise(6, {4, 2, 30}), epsilon = noise(7, {4, 2, 30});
        const torch::Tensor t = torch::tensor({0.05f, 0.4f, 0.8f, 0.99f});
        for (const Prediction kind : predictions) {
            for (const auto schedule : {NoiseScheduleKind::Cosine, NoiseScheduleKind::Linear}) {
                DiffusionConfig config;
                config.prediction = kind;
                config.schedule = schedule;
                config.dataDeviation = 0.36f;
                const TrainingTarget target = makeTarget(data, t, epsilon, config);
                const NoiseSchedule noiseSchedule(schedule);
                for (int row = 0; row < 4; ++row) {
                    const double alpha = noiseSchedule.alpha(t[row].item<double>()),
                                 sigma = noiseSchedule.sigma(t[row].item<double>());
                    QVERIFY(near(target.noisy[row], data[row] / 0.36 * alpha + epsilon[row] * sigma));
                }
                QCOMPARE(diffusionLoss(target.target, target).item<double>(), 0.0);
                // ε at t = 0.99 divides by a small α: the tolerance is that of float32 there.
                QVERIFY(near(dataFromOutput(target.target, target, config), data, 1e-4));
            }
        }
    }

    void weights() {
        const torch::Tensor data = noise(8, {3, 1, 20}), epsilon = noise(9, {3, 1, 20});
        const torch::Tensor t = torch::tensor({0.1f, 0.5f, 0.9f});
        DiffusionConfig config;
        const torch::Tensor off = torch::full({3, 1, 20}, 2.0); // wrong by 2 everywhere: squared error 4
        TrainingTarget target = makeTarget(data, t, epsilon, config);
        QVERIFY(std::abs(diffusionLoss(target.target + off, target).item<double>() - 4.0) < 1e-5);
        config.weight = LossWeight::Sigma;
        target = makeTarget(data, t, epsilon, config);
        const NoiseSchedule cosine(config.schedule);
        double mean = 0.0;
        for (const double time : {0.1, 0.5, 0.9})
            mean += 4.0 * cosine.sigma(time) * cosine.sigma(time) / 3.0;
        QVERIFY(std::abs(diffusionLoss(target.target + off, target).item<double>() - mean) < 1e-5);
        // Signal to noise of the cosine schedule: 39.9, 1 and 0.025.
        config.weight = LossWeight::TruncatedSnr;
        target = makeTarget(data, t, epsilon, config);
        QVERIFY(near(target.weight, torch::tensor({5.0f, 1.0f, 1.0f})));
        QCOMPARE(diffusionLossPerClip(target.target + off, target).size(0), std::int64_t(3));
    }

    void timesAreSpreadAndUniform() {
        torch::Generator generator = at::detail::createCPUGenerator(10);
        double sum = 0.0;
        for (int draw = 0; draw < 2000; ++draw) {
            const torch::Tensor t = drawTimes(8, generator);
            for (int row = 0; row < 8; ++row) { // one in each eighth
                const double time = t[row].item<double>();
                QVERIFY(time >= row / 8.0 - 1e-6 && time <= (row + 1) / 8.0 + 1e-6);
            }
            sum += t[0].item<double>() * 8.0;
        }
        QVERIFY(std::abs(sum / 2000 - 0.5) < 5 * std::sqrt(1.0 / 12 / 2000)); // five standard errors
    }

    void drawsAreOfUnitNoiseAndRepeatable() {
        const torch::Tensor data = torch::zeros({4, 2, 5000});
        DiffusionConfig config;
        torch::Generator first = at::detail::createCPUGenerator(11), second = at::detail::createCPUGenerator(11);
        const TrainingTarget a = drawTarget(data, config, first), b = drawTarget(data, config, second);
        QVERIFY(torch::equal(a.noisy, b.noisy));
        QVERIFY(torch::equal(a.t, b.t));
        const double variance = a.target.square().mean().item<double>(); // 40,000 values: standard error 0.007
        QVERIFY(std::abs(variance - 1.0) < 0.036);
        QVERIFY(!torch::equal(drawTarget(data, config, first).noisy, a.noisy));
    }
};

QTEST_GUILESS_MAIN(TargetTest)
#include "TargetTest.moc"
