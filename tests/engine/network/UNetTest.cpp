#include "engine/network/UNet.h"
#include "engine/device/Device.h"

#include <QtTest/QtTest>
#include <torch/nn/init.h>
#include <torch/optim/adam.h>
#include <torch/utils.h>

using namespace n2m::network;

namespace {

/// Small, with every option on: patch 2, plan, aligned input, text, rotary positions.
UNetConfig everything() {
    UNetConfig config;
    config.dataChannels = 3;
    config.stackedChannels = 2;
    config.alignedChannels = 4;
    config.alignedAt = AlignedAt::EveryLevel;
    config.patch = 2;
    config.base = 16;
    config.kernels = {3, 5};
    config.strides = {2, 3};
    config.multipliers = {1, 2};
    config.blocks = {1, 2};
    config.selfAttention = {false, true};
    config.crossAttention = {false, true};
    config.heads = 2;
    config.textWidth = 6;
    config.rotaryPositions = true;
    config.pooledText = true;
    config.refinementChannels = 8;
    return config;
}

struct Inputs {
    torch::Tensor x, t;
    Conditioning conditioning;
};

Inputs inputsFor(const UNetConfig& config, std::int64_t batch, std::int64_t length) {
    Inputs in;
    in.x = torch::randn({batch, config.dataChannels, length});
    in.t = torch::rand({batch});
    in.conditioning.text = torch::randn({batch, 5, config.textWidth});
    in.conditioning.textMask = torch::ones({batch, 5}, torch::kBool);
    in.conditioning.textPresent = torch::ones({batch}, torch::kBool);
    in.conditioning.stacked = torch::randn({batch, config.stackedChannels, length});
    in.conditioning.aligned = torch::randn({batch, config.alignedChannels, length / config.lengthMultiple()});
    return in;
}

/// The types that networks can compute in on this processor.
std::vector<torch::ScalarType> computeTypes() {
    if (n2m::device::cpuConvolvesBfloat16()) return {torch::kFloat, torch::kBFloat16};
    return {torch::kFloat};
}

/// A network that has left its start, where much of it is zero.
std::shared_ptr<UNet> stirred(const UNetConfig& config, std::uint64_t seed = 1) {
    torch::manual_seed(seed);
    auto net = std::make_shared<UNet>(config);
    const torch::NoGradGuard guard;
    for (auto& parameter : net->parameters())
        parameter.add_(torch::randn_like(parameter) * 0.1);
    return net;
}

double difference(const torch::Tensor& a, const torch::Tensor& b) {
    return (a - b).abs().max().item<double>();
}

} // namespace

class UNetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shapes();
    void startsAtZero();
    void refinementSeesSingleSteps();
    void stackedWeightsMayStartAtZero();
    void theSameSeedGivesTheSameNetwork();
    void hiddenTextHasNoInfluence();
    void paddingHasNoInfluence();
    void everyInputMatters();
    void samplesAreIndependent();
    void bfloat16AgreesWithFloat();
    void cachedEqualsUncached();
    void weightChangesReachTheCastCopies();
    void refusesWhatDoesNotFit();
    void overfitsATinyBatch();
};

void UNetTest::shapes() {
    for (const int patch : {1, 2}) {
        UNetConfig config = everything();
        config.patch = patch;
        auto net = stirred(config);
        for (const auto type : computeTypes()) {
            net->setComputeType(type);
            const Inputs in = inputsFor(config, 2, 24);
            const torch::Tensor y = net->forward(in.x, in.t, in.conditioning);
            QVERIFY(y.sizes() == in.x.sizes());
            QVERIFY(y.scalar_type() == torch::kFloat && y.is_contiguous());
            y.sum().backward();
            for (const auto& item : net->named_parameters())
                QVERIFY2(item.value().grad().defined() && item.value().grad().isfinite().all().item<bool>(),
                         item.key().c_str());
            net->zero_grad();
        }
    }
}

void UNetTest::startsAtZero() {
    torch::manual_seed(1);
    UNet net(everything());
    const Inputs in = inputsFor(everything(), 2, 24);
    QCOMPARE(net.forward(in.x, in.t, in.conditioning).abs().max().item<double>(), 0.0);
}

/// Whatever the patch, a change of one time step of x_t or of what is stacked with it reaches the three on either side.
void UNetTest::refinementSeesSingleSteps() {
    const UNetConfig config = everything();
    UNet net(config);
    const torch::NoGradGuard guard;
    for (auto& item : net.named_parameters())
        if (item.key().rfind("refinement.", 0) == 0) item.value().add_(torch::randn_like(item.value()) * 0.3);
    Inputs in = inputsFor(config, 1, 24);
    const torch::Tensor before = net.forward(in.x, in.t, in.conditioning);
    for (torch::Tensor* input : {&in.x, &in.conditioning.stacked}) {
        input->select(2, 9).add_(1.0);
        const torch::Tensor change = (net.forward(in.x, in.t, in.conditioning) - before).abs().amax({0, 1});
        input->select(2, 9).sub_(1.0);
        QVERIFY(change.narrow(0, 6, 7).min().item<double>() > 1e-6);
        QVERIFY(change.narrow(0, 0, 6).max().item<double>() < 1e-6);
        QVERIFY(change.narrow(0, 13, 11).max().item<double>() < 1e-6);
    }
}

void UNetTest::stackedWeightsMayStartAtZero() {
    for (const bool zero : {true, false}) {
        torch::manual_seed(1);
        UNet net(everything(), zero);
        {
            const torch::NoGradGuard guard; // the exit starts at zero and would hide everything
            for (auto& item : net.named_parameters())
                if (item.key() == "exit.weight") torch::nn::init::normal_(item.value());
        }
        Inputs in = inputsFor(everything(), 2, 24);
        const torch::Tensor one = net.forward(in.x, in.t, in.conditioning);
        in.conditioning.stacked = torch::randn_like(in.conditioning.stacked);
        QCOMPARE(difference(one, net.forward(in.x, in.t, in.conditioning)) == 0.0, zero);
    }
}

void UNetTest::theSameSeedGivesTheSameNetwork() {
    const auto one = stirred(everything(), 7), same = stirred(everything(), 7), other = stirred(everything(), 8);
    const auto a = one->parameters(), b = same->parameters(), c = other->parameters();
    QVERIFY(a.size() > 20 && a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        QVERIFY(torch::equal(a[i], b[i]));
        QVERIFY(!torch::equal(a[i], c[i]));
    }
}

void UNetTest::hiddenTextHasNoInfluence() {
    auto net = stirred(everything());
    Inputs in = inputsFor(everything(), 2, 24);
    in.conditioning.textPresent[0] = false;
    const torch::Tensor one = net->forward(in.x, in.t, in.conditioning);
    in.conditioning.text = torch::randn_like(in.conditioning.text);
    in.conditioning.text[0].fill_(std::nan(""));
    const torch::Tensor two = net->forward(in.x, in.t, in.conditioning);
    QVERIFY(torch::equal(one[0], two[0]));
    QVERIFY(difference(one[1], two[1]) > 1e-3);
    in.conditioning.text = torch::Tensor(); // no text at all = hidden for everyone
    QVERIFY(difference(one[0], net->forward(in.x, in.t, in.conditioning)[0]) < 1e-5);
}

void UNetTest::paddingHasNoInfluence() {
    auto net = stirred(everything());
    Inputs in = inputsFor(everything(), 2, 24);
    in.conditioning.textMask.narrow(1, 3, 2).fill_(false);
    const torch::Tensor one = net->forward(in.x, in.t, in.conditioning);
    Inputs shorter = in;
    shorter.conditioning.text = in.conditioning.text.narrow(1, 0, 3).clone();
    shorter.conditioning.textMask = torch::Tensor();
    QVERIFY(difference(one, net->forward(in.x, in.t, shorter.conditioning)) < 1e-5);
    in.conditioning.text.narrow(1, 3, 2).fill_(1e9);
    QVERIFY(torch::equal(one, net->forward(in.x, in.t, in.conditioning)));
}

void UNetTest::everyInputMatters() {
    for (const auto at : {AlignedAt::Bottom, AlignedAt::EveryLevel}) {
        UNetConfig config = everything();
        config.alignedAt = at;
        auto net = stirred(config);
        const Inputs in = inputsFor(config, 1, 24);
        const torch::Tensor y = net->forward(in.x, in.t, in.conditioning);
        const auto changed = [&](auto change) {
            Inputs other = in;
            change(other);
            return difference(y, net->forward(other.x, other.t, other.conditioning));
        };
        QVERIFY(changed([](Inputs& i) { i.x = i.x + 1.0; }) > 1e-3);
        QVERIFY(changed([](Inputs& i) { i.t = 1.0 - i.t; }) > 1e-4);
        QVERIFY(changed([](Inputs& i) { i.conditioning.text = i.conditioning.text + 1.0; }) > 1e-4);
        QVERIFY(changed([](Inputs& i) { i.conditioning.stacked = i.conditioning.stacked + 1.0; }) > 1e-3);
        QVERIFY(changed([](Inputs& i) { i.conditioning.aligned = i.conditioning.aligned + 1.0; }) > 1e-3);
    }
    // At every level: with the other levels' projections at zero, each one alone still carries the aligned input.
    for (int level = 0; level <= 2; ++level) {
        auto net = stirred(everything());
        const torch::NoGradGuard guard;
        for (auto& item : net->named_parameters())
            if (item.key().rfind("aligned", 0) == 0 && item.key()[7] != '0' + level) item.value().zero_();
        Inputs in = inputsFor(everything(), 1, 24);
        for (const int frames : {2, 24, 48, 7}) { // at the bottom's rate, at and above the entry's, at none of them
            in.conditioning.aligned = torch::randn({1, 4, frames});
            const torch::Tensor one = net->forward(in.x, in.t, in.conditioning);
            in.conditioning.aligned = in.conditioning.aligned + 1.0;
            QVERIFY(difference(one, net->forward(in.x, in.t, in.conditioning)) > 1e-4);
        }
    }
}

void UNetTest::samplesAreIndependent() {
    auto net = stirred(everything());
    const Inputs in = inputsFor(everything(), 3, 24);
    const torch::Tensor all = net->forward(in.x, in.t, in.conditioning);
    for (int i = 0; i < 3; ++i) {
        Conditioning one;
        one.text = in.conditioning.text.narrow(0, i, 1);
        one.stacked = in.conditioning.stacked.narrow(0, i, 1);
        one.aligned = in.conditioning.aligned.narrow(0, i, 1);
        QVERIFY(difference(all[i], net->forward(in.x.narrow(0, i, 1), in.t.narrow(0, i, 1), one)[0]) < 1e-4);
    }
}

void UNetTest::bfloat16AgreesWithFloat() {
    if (!n2m::device::cpuConvolvesBfloat16()) QSKIP("this processor has no bfloat16 convolutions");
    auto net = stirred(everything());
    const Inputs in = inputsFor(everything(), 2, 48);
    const torch::Tensor exact = net->forward(in.x, in.t, in.conditioning);
    net->setComputeType(torch::kBFloat16);
    const torch::Tensor rounded = net->forward(in.x, in.t, in.conditioning);
    QVERIFY(!torch::equal(exact, rounded));
    // bf16 keeps 8 bits: a relative error of 2^-9 per operation, a few dozen of them in a row.
    const double error = ((exact - rounded).norm() / exact.norm()).item<double>();
    QVERIFY2(error < 0.03, qPrintable(QString::number(error)));
}

void UNetTest::cachedEqualsUncached() {
    for (const auto type : computeTypes()) {
        auto net = stirred(everything());
        net->setComputeType(type);
        const torch::NoGradGuard guard;
        Inputs in = inputsFor(everything(), 2, 24);
        in.conditioning.textPresent[1] = false;
        Conditioning kept = in.conditioning;
        kept.cache = std::make_shared<ConditioningCache>();
        for (int step = 0; step < 3; ++step) {
            const torch::Tensor t = torch::rand({2});
            QVERIFY(torch::equal(net->forward(in.x, t, in.conditioning), net->forward(in.x, t, kept)));
            QVERIFY(!kept.cache->empty());
        }
        // It is really used: with other text but the same cache the answer stays.
        const torch::Tensor one = net->forward(in.x, in.t, kept);
        kept.text = torch::randn_like(kept.text);
        QVERIFY(torch::equal(one, net->forward(in.x, in.t, kept)));
    }
}

void UNetTest::weightChangesReachTheCastCopies() {
    if (!n2m::device::cpuConvolvesBfloat16()) QSKIP("this processor has no bfloat16 convolutions");
    auto net = stirred(everything());
    net->setComputeType(torch::kBFloat16);
    const Inputs in = inputsFor(everything(), 1, 24);
    const torch::NoGradGuard guard;
    const torch::Tensor one = net->forward(in.x, in.t, in.conditioning);
    for (auto& parameter : net->parameters())
        parameter.mul_(1.1);
    const torch::Tensor two = net->forward(in.x, in.t, in.conditioning);
    QVERIFY(difference(one, two) > 1e-3);
    for (auto& parameter : net->parameters())
        parameter.set_data(parameter / 1.1);
    QVERIFY(difference(two, net->forward(in.x, in.t, in.conditioning)) > 1e-3);
}

void UNetTest::refusesWhatDoesNotFit() {
    const auto refused = [](auto change) {
        UNetConfig config = everything();
        change(config);
        try {
            UNet net(config);
        } catch (const std::invalid_argument&) {
            return true;
        }
        return false;
    };
    QVERIFY(!refused([](UNetConfig&) {}));
    QVERIFY(refused([](UNetConfig& c) { c.kernels = {3}; }));
    QVERIFY(refused([](UNetConfig& c) { c.kernels = {3, 4}; }));
    QVERIFY(refused([](UNetConfig& c) { c.strides = {1, 2}; }));
    QVERIFY(refused([](UNetConfig& c) { c.heads = 3; }));
    QVERIFY(refused([](UNetConfig& c) { c.textWidth = 0; }));
    QVERIFY(refused([](UNetConfig& c) { c.base = -16; }));

    auto net = stirred(everything());
    const auto rejected = [&](auto change) {
        Inputs in = inputsFor(everything(), 2, 24);
        change(in);
        try {
            net->forward(in.x, in.t, in.conditioning);
        } catch (const std::invalid_argument& e) {
            return !std::string(e.what()).empty();
        }
        return false;
    };
    QVERIFY(!rejected([](Inputs&) {}));
    QVERIFY(rejected([](Inputs& i) { i.x = torch::randn({2, 3, 23}); }));
    QVERIFY(rejected([](Inputs& i) { i.x = torch::randn({2, 4, 24}); }));
    QVERIFY(rejected([](Inputs& i) { i.t = torch::rand({3}); }));
    QVERIFY(rejected([](Inputs& i) { i.conditioning.stacked = torch::Tensor(); }));
    QVERIFY(rejected([](Inputs& i) { i.conditioning.aligned = torch::Tensor(); }));
    QVERIFY(rejected([](Inputs& i) { i.conditioning.text = torch::randn({2, 5, 7}); }));
    QVERIFY(rejected([](Inputs& i) { i.conditioning.textMask = torch::ones({2, 4}, torch::kBool); }));
}

void UNetTest::overfitsATinyBatch() {
    for (const auto type : computeTypes()) {
        torch::manual_seed(1);
        UNet net(everything(), true);
        net.setComputeType(type);
        const Inputs in = inputsFor(everything(), 4, 24);
        const torch::Tensor target = torch::randn_like(in.x);
        torch::optim::Adam optimizer(net.parameters(), torch::optim::AdamOptions(3e-3));
        double first = 0.0, last = 0.0;
        for (int step = 0; step < 150; ++step) {
            optimizer.zero_grad();
            const torch::Tensor loss = torch::mse_loss(net.forward(in.x, in.t, in.conditioning), target);
            loss.backward();
            optimizer.step();
            (step == 0 ? first : last) = loss.item<double>();
        }
        // Noise on noise can only be learned by heart: to at most 0.0002 of the first loss in float32 and bfloat16,
        // over five other seeds.
        QVERIFY2(last < first / 20.0, qPrintable(QString("%1 -> %2").arg(first).arg(last)));
    }
}

QTEST_GUILESS_MAIN(UNetTest)
#include "UNetTest.moc"
