#include "engine/network/FusedNorm.h"

#include <QtTest/QtTest>
#include <torch/utils.h>

#include <functional>

using namespace n2m::network;
using torch::Tensor;

namespace {

using Inputs = std::vector<Tensor>;
using Function = std::function<std::vector<Tensor>(const Inputs&)>;

struct Outcome {
    std::vector<Tensor> values, gradients;
};

/// Values, and the gradients of their sum weighted with `weights`, for copies of `inputs` in the given types.
Outcome outcomeOf(const Function& function, const Inputs& inputs, const std::vector<torch::ScalarType>& types,
                  const std::vector<Tensor>& weights) {
    Inputs leaves;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        leaves.push_back(inputs[i].to(types[i]).detach().clone().set_requires_grad(true));
    Outcome outcome;
    outcome.values = function(leaves);
    Tensor sum = torch::zeros({}, torch::kDouble);
    for (std::size_t i = 0; i < outcome.values.size(); ++i)
        sum = sum + (outcome.values[i].to(torch::kDouble) * weights[i]).sum();
    sum.backward();
    for (const auto& leaf : leaves)
        outcome.gradients.push_back(leaf.grad());
    return outcome;
}

double relative(const Tensor& a, const Tensor& b) {
    return ((a.to(torch::kDouble) - b).norm() / (b.norm() + 1e-12)).item<double>();
}

/// Compares the fused function with a reference that is written with torch's own operations and run in fp64.
/// The first `wide` inputs are activations, in the type under test; the others stay fp32.
void compare(const Function& fused, const Function& reference, const Inputs& inputs, std::size_t activations) {
    const auto exactValues = reference([&] {
        Inputs doubles;
        for (const auto& input : inputs)
            doubles.push_back(input.to(torch::kDouble));
        return doubles;
    }());
    std::vector<Tensor> weights;
    for (const auto& value : exactValues)
        weights.push_back(torch::randn_like(value));
    for (const auto& [type, tolerance] : {std::pair{torch::kFloat, 2e-5}, std::pair{torch::kBFloat16, 1.2e-2}}) {
        std::vector<torch::ScalarType> types(inputs.size(), torch::kFloat);
        std::fill_n(types.begin(), activations, type);
        // The reference sees the rounded activations too, so that only the arithmetic is compared.
        Inputs rounded;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            rounded.push_back(inputs[i].to(types[i]));
        const Outcome got = outcomeOf(fused, rounded, types, weights);
        const Outcome exact = outcomeOf(reference, rounded, std::vector(inputs.size(), torch::kDouble), weights);
        QCOMPARE(got.values.size(), exact.values.size());
        for (std::size_t i = 0; i < got.values.size(); ++i) {
            QVERIFY(got.values[i].scalar_type() == type);
            const double error = relative(got.values[i], exact.values[i]);
            QVERIFY2(error < tolerance, qPrintable(QString("value %1: %2").arg(i).arg(error)));
        }
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            QVERIFY(got.gradients[i].scalar_type() == types[i]);
            const double error = relative(got.gradients[i], exact.gradients[i]);
            QVERIFY2(error < tolerance, qPrintable(QString("gradient %1: %2").arg(i).arg(error)));
        }
    }
}

Tensor referenceNorm(const Tensor& h, const Tensor& weight, const Tensor& bias, std::int64_t groups) {
    return torch::silu(torch::group_norm(h.transpose(1, 2), groups, weight, bias, 1e-5)).transpose(1, 2);
}

} // namespace

class FusedNormTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { torch::manual_seed(3); }
    void groups();
    void groupNorm();
    void combined();
    void combinedWithOneOutputUnused();
    void residual();
    void residualWithoutBias();
    void settled();
    void swish();
    void nanIsNotHidden();
    void threadsDoNotChangeTheResult();
};

void FusedNormTest::groups() {
    QCOMPARE(normGroups(256), 32); // the common choice (Wu and He, 2018)
    QCOMPARE(normGroups(96), 12);
    QCOMPARE(normGroups(288), 32);
    QCOMPARE(normGroups(8), 1);
    QCOMPARE(normGroups(17), 1);
}

// 300 moments: more than two pieces of the loops and not a multiple of them; 40 and 24 channels: with and without a
// remainder of the vectors.
void FusedNormTest::groupNorm() {
    for (const int channels : {24, 40}) {
        const auto count = normGroups(channels);
        compare([&](const Inputs& in) { return Inputs{normSwish(in[0], in[1], in[2], count)}; },
                [&](const Inputs& in) { return Inputs{referenceNorm(in[0], in[1], in[2], count)}; },
                {torch::randn({3, 300, channels}) * 2.0 + 0.5, torch::randn({channels}), torch::randn({channels})}, 1);
    }
}

void FusedNormTest::combined() {
    compare(
        [](const Inputs& in) {
            const auto [h, a] = combineNormSwish(in[0], in[1], in[2], in[3], in[4], 4);
            return Inputs{h, a};
        },
        [](const Inputs& in) {
            const Tensor h = in[0] * in[1].unsqueeze(1) + in[2].unsqueeze(1);
            return Inputs{h, referenceNorm(h, in[3], in[4], 4)};
        },
        {torch::randn({3, 300, 32}) + 0.3, torch::randn({3, 32}), torch::randn({3, 32}), torch::randn({32}),
         torch::randn({32})},
        1);
}

void FusedNormTest::combinedWithOneOutputUnused() {
    for (const std::size_t used : {0, 1})
        compare(
            [&](const Inputs& in) {
                const auto [h, a] = combineNormSwish(in[0], in[1], in[2], in[3], in[4], 4);
                return Inputs{(used == 0 ? h : a) + 0.0 * in[3].sum().to(h.scalar_type())};
            },
            [&](const Inputs& in) {
                const Tensor h = in[0] * in[1].unsqueeze(1) + in[2].unsqueeze(1);
                return Inputs{(used == 0 ? h : referenceNorm(h, in[3], in[4], 4)) + 0.0 * (in[3].sum() + in[4].sum())};
            },
            {torch::randn({2, 30, 32}), torch::randn({2, 32}), torch::randn({2, 32}), torch::randn({32}),
             torch::randn({32})},
            1);
}

void FusedNormTest::residual() {
    compare(
        [](const Inputs& in) {
            const auto [total, y] = residualNorm({in[0], in[1], in[2]}, in[3], in[4]);
            return Inputs{total, y};
        },
        [](const Inputs& in) {
            const Tensor total = in[0] + in[1] + in[2];
            return Inputs{total, torch::layer_norm(total, {40}, in[3], in[4], 1e-5)};
        },
        {torch::randn({2, 300, 40}), torch::randn({2, 300, 40}), torch::randn({40}), torch::randn({40}),
         torch::randn({40})},
        2);
}

void FusedNormTest::residualWithoutBias() {
    compare(
        [](const Inputs& in) {
            const auto [total, y] = residualNorm({in[0], in[1], Tensor()}, in[2], in[3]);
            return Inputs{total, y};
        },
        [](const Inputs& in) {
            const Tensor total = in[0] + in[1];
            return Inputs{total, torch::layer_norm(total, {40}, in[2], in[3], 1e-5)};
        },
        {torch::randn({2, 30, 40}), torch::randn({2, 30, 40}), torch::randn({40}), torch::randn({40})}, 2);
}

void FusedNormTest::settled() {
    compare(
        [](const Inputs& in) {
            return Inputs{settle({in[0], in[1], in[2]})};
        },
        [](const Inputs& in) { return Inputs{in[0] + in[1] + in[2]}; },
        {torch::randn({2, 300, 40}), torch::randn({2, 300, 40}), torch::randn({40})}, 2);
}

void FusedNormTest::swish() {
    // Far out too, where exponentials overflow if they are allowed to.
    compare([](const Inputs& in) { return Inputs{biasSwish(in[0], in[1])}; },
            [](const Inputs& in) { return Inputs{torch::silu(in[0] + in[1])}; },
            {torch::randn({2, 300, 40}) * 60.0, torch::randn({40})}, 1);
}

void FusedNormTest::nanIsNotHidden() {
    for (const auto type : {torch::kFloat, torch::kBFloat16}) {
        Tensor x = torch::randn({1, 20, 16}).to(type);
        x[0][3][5] = std::nan("");
        QVERIFY(biasSwish(x, torch::zeros({16})).isnan().sum().item<int>() == 1);
        QVERIFY(normSwish(x, torch::ones({16}), torch::zeros({16}), 2).isnan().any().item<bool>());
    }
}

void FusedNormTest::threadsDoNotChangeTheResult() {
    const int before = at::get_num_threads();
    std::vector<Outcome> outcomes;
    const Inputs inputs{torch::randn({2, 1000, 32}), torch::randn({32}), torch::randn({32})};
    const std::vector<Tensor> weights{torch::randn({2, 1000, 32}, torch::kDouble)};
    for (const int threads : {1, 2}) {
        at::set_num_threads(threads);
        outcomes.push_back(outcomeOf([](const Inputs& in) { return Inputs{normSwish(in[0], in[1], in[2], 4)}; }, inputs,
                                     std::vector(inputs.size(), torch::kFloat), weights));
    }
    at::set_num_threads(before);
    QVERIFY(torch::equal(outcomes[0].values[0], outcomes[1].values[0]));
    for (std::size_t i = 0; i < inputs.size(); ++i)
        QVERIFY(torch::equal(outcomes[0].gradients[i], outcomes[1].gradients[i]));
}

QTEST_GUILESS_MAIN(FusedNormTest)
#include "FusedNormTest.moc"
