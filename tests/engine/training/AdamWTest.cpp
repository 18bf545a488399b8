#include "engine/training/AdamW.h"

#include "engine/training/ExponentialAverage.h"

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adamw.h>
#include <torch/utils.h>

#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using n2m::training::AdamW;
using n2m::training::ExponentialAverage;

namespace {

std::vector<torch::Tensor> someTensors() {
    return {torch::randn({70000}), torch::randn({3, 5, 2}), torch::randn({1})};
}

double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

} // namespace

class AdamWTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Golden: torch's own AdamW and clip_grad_norm_, over steps on which the norm is and is not limited.
    void stepsAsTorchDoes() {
        torch::manual_seed(7);
        std::vector<torch::Tensor> ours = someTensors(), theirs;
        for (const torch::Tensor& tensor : ours)
            theirs.push_back(tensor.clone().requires_grad_());
        ExponentialAverage average(ours, 0.9);
        AdamW optimizer(ours, average, {0.9, 0.99, 1e-8, 0.01});
        torch::optim::AdamW golden(theirs,
                                   torch::optim::AdamWOptions(1e-2).betas({0.9, 0.99}).eps(1e-8).weight_decay(0.01));
        for (int step = 0; step < 12; ++step) {
            std::vector<torch::Tensor> gradients = someTensors();
            if (step % 2 == 1)
                for (torch::Tensor& gradient : gradients)
                    gradient *= 1e-3;
            for (std::size_t i = 0; i < theirs.size(); ++i)
                theirs[i].mutable_grad() = gradients[i].clone();
            const double norm = torch::nn::utils::clip_grad_norm_(theirs, 1.0);
            golden.step();
            QVERIFY(std::abs(optimizer.step(gradients, 1e-2, 1.0) - norm) < 1e-3 * norm);
        }
        for (std::size_t i = 0; i < ours.size(); ++i)
            QVERIFY(largestDifference(ours[i], theirs[i].detach()) < 2e-5);
    }

    // The averages are those of the recurrence a ← a + (1 − d_n)(x_n − a).
    void movesTheAverage() {
        torch::manual_seed(8);
        std::vector<torch::Tensor> parameters{torch::zeros({4})};
        ExponentialAverage average(parameters, 0.5);
        AdamW optimizer(parameters, average, {});
        torch::Tensor expected = torch::zeros({4});
        for (int n = 0; n < 30; ++n) {
            optimizer.step({torch::randn({4})}, 1e-2, 0.0);
            expected += (1.0 - std::min(0.5, (1.0 + n) / (10.0 + n))) * (parameters[0] - expected);
        }
        QVERIFY(largestDifference(average.averages()[0], expected) < 1e-6);
        QVERIFY(largestDifference(average.averages()[0], parameters[0]) > 0.0);
    }

    void leavesEverythingAloneOnABadGradient() {
        std::vector<torch::Tensor> parameters{torch::ones({3})};
        ExponentialAverage average(parameters, 0.9);
        AdamW optimizer(parameters, average, {});
        const torch::Tensor bad = torch::full({3}, std::numeric_limits<float>::quiet_NaN());
        QVERIFY(!std::isfinite(optimizer.step({bad}, 1e-2, 1.0)));
        QVERIFY(torch::equal(parameters[0], torch::ones({3})));
        QCOMPARE(optimizer.steps(), std::int64_t{0});
        QCOMPARE(average.updates(), std::int64_t{0});
    }

    void skipsParametersWithoutGradient() {
        std::vector<torch::Tensor> parameters{torch::ones({3}), torch::ones({3})};
        ExponentialAverage average(parameters, 0.9);
        AdamW optimizer(parameters, average, {});
        optimizer.step({torch::Tensor(), torch::ones({3})}, 1e-2, 0.0);
        QVERIFY(torch::equal(parameters[0], torch::ones({3})));
        QVERIFY(!torch::equal(parameters[1], torch::ones({3})));
    }
};

QTEST_GUILESS_MAIN(AdamWTest)
#include "AdamWTest.moc"
