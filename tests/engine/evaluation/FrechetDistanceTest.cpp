#include "engine/evaluation/FrechetDistance.h"

#include <torch/utils.h>

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::evaluation;

namespace {

/// Rows whose mean and covariance are exactly those given: noise that is whitened with its own covariance.
torch::Tensor rowsWith(const torch::Tensor& mean, const torch::Tensor& covariance) {
    torch::Tensor noise = torch::randn({200, mean.size(0)}, torch::kDouble);
    noise = noise - noise.mean(0);
    const torch::Tensor own = noise.t().matmul(noise) / 199.0;
    const torch::Tensor white = torch::linalg_solve(torch::linalg_cholesky(own), noise.t());
    return torch::linalg_cholesky(covariance).matmul(white).t() + mean;
}

} // namespace

class FrechetDistanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(3); }

    /// With diagonal covariances the distance is Σ (μ₁ − μ₂)² + (σ₁ − σ₂)², by hand.
    void equalsTheClosedForm() {
        const auto mean = [](std::vector<double> values) { return torch::tensor(values, torch::kDouble); };
        const auto first = rowsWith(mean({0, 1, 2}), torch::diag(mean({1, 4, 9})));
        const auto second = rowsWith(mean({1, 1, 0}), torch::diag(mean({4, 4, 1})));
        QVERIFY(std::abs(frechetDistance(first, second) - (1 + 4 + 1 + 0 + 4)) < 1e-9);
        QVERIFY(std::abs(frechetDistance(second, first) - 10.0) < 1e-9);
        QVERIFY(std::abs(frechetDistance(first, first)) < 1e-9);
    }

    /// The square root of a product of covariances that do not commute: in two dimensions its trace is
    /// √(tr Σ₁Σ₂ + 2 √det Σ₁Σ₂).
    void mixesDirections() {
        const auto a = torch::tensor({{2.0, 0.5}, {0.5, 1.0}}, torch::kDouble);
        const auto b = torch::tensor({{1.0, -0.7}, {-0.7, 3.0}}, torch::kDouble);
        const double product = a.matmul(b).trace().item<double>();
        const double determinant = (2.0 - 0.25) * (3.0 - 0.49);
        const double expected = 3.0 + 4.0 - 2.0 * std::sqrt(product + 2.0 * std::sqrt(determinant));
        const auto zero = torch::zeros({2}, torch::kDouble);
        QVERIFY(std::abs(frechetDistance(rowsWith(zero, a), rowsWith(zero, b)) - expected) < 1e-9);
    }

    void refusesWhatHasNoCovariance() {
        const auto rows = torch::randn({5, 3});
        QVERIFY_EXCEPTION_THROWN(frechetDistance(rows.narrow(0, 0, 1), rows), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(frechetDistance(rows, torch::randn({5, 2})), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(frechetDistance(rows, rows / 0.0), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(FrechetDistanceTest)
#include "FrechetDistanceTest.moc"
