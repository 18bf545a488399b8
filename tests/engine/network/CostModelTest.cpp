#include "engine/network/CostModel.h"
#include "engine/network/UNet.h"

#include <QtTest/QtTest>

#include <stdexcept>

using namespace n2m::network;

namespace {

std::int64_t parametersOf(const UNetConfig& config) {
    std::int64_t sum = 0;
    for (const auto& parameter : UNet(config).parameters())
        sum += parameter.numel();
    return sum;
}

/// Two depths with everything that a configuration can switch on.
UNetConfig everything() {
    UNetConfig config;
    config.dataChannels = 3;
    config.stackedChannels = 5;
    config.alignedChannels = 7;
    config.alignedAt = AlignedAt::EveryLevel;
    config.patch = 2;
    config.base = 8;
    config.kernels = {3, 5};
    config.strides = {2, 3};
    config.multipliers = {2, 3};
    config.blocks = {1, 2};
    config.selfAttention = {false, true};
    config.crossAttention = {true, true};
    config.heads = 4;
    config.textWidth = 6;
    config.rotaryPositions = true;
    config.pooledText = true;
    config.refinementChannels = 10;
    return config;
}

/// One depth of one channel, where every multiply-add can be counted by hand.
UNetConfig smallest() {
    UNetConfig config;
    config.base = 2;
    config.kernels = {3};
    config.strides = {2};
    config.multipliers = {1};
    config.blocks = {1};
    config.selfAttention = {false};
    config.crossAttention = {false};
    config.heads = 1;
    return config;
}

UNetConfig paper(int dataChannels, int stacked, int aligned, int base, int kernel, std::vector<int> strides,
                 std::vector<int> multipliers, std::vector<int> blocks, std::vector<bool> self, std::vector<bool> cross,
                 int textWidth) {
    UNetConfig config;
    config.dataChannels = dataChannels;
    config.stackedChannels = stacked;
    config.alignedChannels = aligned;
    config.base = base;
    config.kernels.assign(strides.size(), kernel);
    config.strides = std::move(strides);
    config.multipliers = std::move(multipliers);
    config.blocks = std::move(blocks);
    config.selfAttention = std::move(self);
    config.crossAttention = std::move(cross);
    config.textWidth = textWidth;
    return config;
}

} // namespace

Q_DECLARE_METATYPE(n2m::network::UNetConfig)

class CostModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The network itself is the judge.
    void parametersAreThoseOfTheNetwork() {
        UNetConfig config = everything();
        QCOMPARE(costOf(config, 24, 4).parameters, parametersOf(config));
        config.alignedAt = AlignedAt::Bottom;
        config.pooledText = false;
        config.selfAttention = {false, false};
        QCOMPARE(costOf(config, 24, 4).parameters, parametersOf(config));
        QCOMPARE(costOf(smallest(), 4, 0).parameters, parametersOf(smallest()));
    }

    /// By hand, for 4 time steps: entry 1·3·2·4 = 24; time 2·2 = 4; down 2·4·2·2 = 32; up, kernel 2 to 2·2 channels at
    /// 3 positions, 2·2·4·3 = 48; exit 2·3·1·4 = 24. A block: combine 2·4 = 8, then per position the skip 2·2 and two
    /// convolutions 2·3·2 = 28; so at 2 positions 64 and at 4 positions 120.
    void multiplyAddsByHand() { QCOMPARE(costOf(smallest(), 4, 0).multiplyAdds, 24 + 4 + 32 + 48 + 24 + 64 + 120); }

    /// By hand, what self-attention and cross-attention over 5 tokens add, per block of P positions and C = 2 channels:
    /// self: query, key, value 3·4·P, out 4·P, scores and sum 2·2·P·P, feed-forward 2·8·P;
    /// cross: query 4·P, out 4·P, scores and sum 2·2·P·5, feed-forward 16·P. P is 2 on the way down, 4 on the way up.
    void attentionByHand() {
        UNetConfig config = smallest();
        const auto without = costOf(config, 4, 5).multiplyAdds;
        config.selfAttention = {true};
        const auto self = costOf(config, 4, 5).multiplyAdds;
        QCOMPARE(self - without, (32 * 2 + 4 * 2 * 2) + (32 * 4 + 4 * 4 * 4));
        config.crossAttention = {true};
        config.textWidth = 3;
        QCOMPARE(costOf(config, 4, 5).multiplyAdds - self, (24 * 2 + 20 * 2) + (24 * 4 + 20 * 4));
    }

    /// The table of Huang et al., 2023, in millions, and how near the specification's reading comes to it.
    void papersSizes_data() {
        QTest::addColumn<UNetConfig>("config");
        QTest::addColumn<double>("millions");
        QTest::addColumn<double>("least");
        QTest::addColumn<double>("most");
        const std::vector<bool> n4(4, false), n5(5, false);
        QTest::newRow("waveform generator")
            << paper(1, 0, 0, 256, 7, {4, 4, 4, 4, 4, 4}, {1, 1, 2, 3, 4, 4}, {3, 3, 3, 4, 4, 4},
                     {false, false, false, true, true, true}, {false, false, false, true, true, true}, 4096)
            << 724.0 << 1.055 << 1.095;
        QTest::newRow("waveform cascader") << paper(1, 1, 0, 256, 7, {4, 4, 4, 4, 4}, {1, 1, 2, 3, 4}, {3, 3, 4, 6, 6},
                                                    n5, {false, false, false, true, true}, 4096)
                                           << 487.0 << 1.055 << 1.095;
        QTest::newRow("spectrogram generator")
            << paper(80, 0, 0, 256, 9, {4, 3, 2, 2, 2}, {1, 2, 2, 3, 4}, {6, 6, 6, 6, 6},
                     {false, false, false, true, true}, {false, false, false, true, true}, 4096)
            << 745.0 << 1.055 << 1.095;
        QTest::newRow("vocoder") << paper(1, 0, 80, 128, 5, {2, 4, 4, 5}, {1, 1, 2, 4}, {4, 4, 4, 4}, n4, n4, 0) << 25.7
                                 << 1.015 << 1.025;
        QTest::newRow("super-resolution")
            << paper(1, 1, 0, 256, 7, {4, 4, 4, 4}, {1, 1, 2, 2}, {4, 4, 4, 4}, n4, n4, 0) << 81.0 << 0.995 << 1.005;
    }

    void papersSizes() {
        QFETCH(UNetConfig, config);
        QFETCH(double, millions);
        QFETCH(double, least);
        QFETCH(double, most);
        const double ratio = static_cast<double>(costOf(config, 0, 0).parameters) / 1e6 / millions;
        QVERIFY2(ratio >= least && ratio <= most, qPrintable(QString::number(ratio)));
    }

    void refusesLengthsThatDoNotFit() {
        QVERIFY_EXCEPTION_THROWN(costOf(smallest(), 3, 0), std::invalid_argument);
        QVERIFY_EXCEPTION_THROWN(costOf(smallest(), -2, 0), std::invalid_argument);
    }
};

QTEST_GUILESS_MAIN(CostModelTest)
#include "CostModelTest.moc"
