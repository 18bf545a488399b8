#include "engine/diffusion/Guidance.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::diffusion;

namespace {

// The output of a made-up network: each conditioning adds its part.
constexpr double nothing = 0.25, textAdds = 1.0, planAdds = 10.0, bothAdd = 3.0;

double says(const GuidanceBranch& branch) {
    return nothing + (branch.text ? textAdds : 0.0) + (branch.plan ? planAdds : 0.0) +
           (branch.text && branch.plan ? bothAdd : 0.0);
}

double mixed(const std::vector<GuidanceBranch>& branches) {
    std::vector<torch::Tensor> outputs;
    for (const GuidanceBranch& branch : branches)
        outputs.push_back(torch::full({2, 1, 3}, says(branch), torch::kFloat64));
    return combineBranches(torch::cat(outputs), branches)[1][0][2].item<double>();
}

} // namespace

class GuidanceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weightOneIsOnePlainPass() {
        QCOMPARE(guidanceBranches(true, true, 1.0, 1.0), (std::vector<GuidanceBranch>{{true, true, 1.0}}));
        QCOMPARE(guidanceBranches(true, false, 1.0, 7.0), (std::vector<GuidanceBranch>{{true, false, 1.0}}));
        QCOMPARE(guidanceBranches(false, false, 3.0, 3.0), (std::vector<GuidanceBranch>{{false, false, 1.0}}));
        const torch::Tensor output = torch::rand({2, 3, 4});
        QVERIFY(torch::equal(combineBranches(output, guidanceBranches(true, true, 1.0, 1.0)), output));
    }

    void equalWeightsPushBothWithTwoPasses() {
        const auto branches = guidanceBranches(true, true, 2.0, 2.0);
        QCOMPARE(branches, (std::vector<GuidanceBranch>{{true, true, 2.0}, {false, false, -1.0}}));
        QCOMPARE(mixed(branches), 2.0 * says({true, true}) - says({false, false}));
    }

    void unequalWeightsAreTheFormula() {
        for (const auto& [text, plan] :
             std::vector<std::pair<double, double>>{{3.0, 2.0}, {1.0, 4.0}, {5.0, 1.0}, {0.0, 2.0}, {2.0, 0.0}}) {
            const auto branches = guidanceBranches(true, true, text, plan);
            const double none = says({false, false}), planOnly = says({false, true}), both = says({true, true});
            QVERIFY(std::abs(mixed(branches) - (none + plan * (planOnly - none) + text * (both - planOnly))) < 1e-12);
            double sum = 0.0;
            for (const GuidanceBranch& branch : branches)
                sum += branch.weight;
            QVERIFY(std::abs(sum - 1.0) < 1e-12);
        }
        QCOMPARE(guidanceBranches(true, true, 3.0, 2.0).size(), std::size_t(3));
        QCOMPARE(guidanceBranches(true, true, 5.0, 1.0).size(), std::size_t(2));
    }

    void oneConditioningAloneHasOneWeight() {
        // w ε(c) + (1 − w) ε(∅), the paper's.
        QCOMPARE(guidanceBranches(true, false, 5.0, 2.0),
                 (std::vector<GuidanceBranch>{{true, false, 5.0}, {false, false, -4.0}}));
        QCOMPARE(guidanceBranches(false, true, 5.0, 2.0),
                 (std::vector<GuidanceBranch>{{false, true, 2.0}, {false, false, -1.0}}));
    }

    void dynamicThresholdOfAKnownTensor() {
        // |x_0| = 0.01 … 1.00 in clip 0, ten times that in clip 1; alternating signs.
        torch::Tensor ramp = torch::arange(1, 101, torch::kFloat32) / 100.0;
        ramp = ramp * (1.0 - 2.0 * (torch::arange(0, 100) % 2)).to(torch::kFloat32);
        const torch::Tensor x0 = torch::stack({ramp, ramp * 10.0}).unsqueeze(1);
        const torch::Tensor clipped = dynamicThreshold(x0, 0.90, 1.0);
        // Clip 0: its 90th percentile, 0.9, is below the limit 1: nothing changes.
        QVERIFY(torch::equal(clipped[0], x0[0]));
        // Clip 1: s = 9; cut to [−9, 9], then divided by 9.
        const torch::Tensor expected = x0[1].clamp(-9.0, 9.0) / 9.0;
        QVERIFY((clipped[1] - expected).abs().max().item<double>() < 1e-6);
        // Another limit scales to it.
        QVERIFY((dynamicThreshold(x0, 0.90, 3.0)[1] - expected * 3.0).abs().max().item<double>() < 1e-6);
        QVERIFY(torch::equal(dynamicThreshold(x0, 0.0, 1.0), x0));
        // Percentile 1 is the largest value.
        QVERIFY((dynamicThreshold(x0, 1.0, 1.0)[1] - x0[1] / 10.0).abs().max().item<double>() < 1e-6);
    }

    void wrongBatchIsRefused() {
        QVERIFY_EXCEPTION_THROWN(combineBranches(torch::zeros({3, 1, 1}), guidanceBranches(true, false, 2.0, 2.0)),
                                 std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(GuidanceTest)
#include "GuidanceTest.moc"
