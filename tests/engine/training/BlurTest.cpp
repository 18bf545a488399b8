#include "engine/training/Blur.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::training;

class BlurTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsConstants() {
        QVERIFY(torch::allclose(blurAudio(torch::full({1, 50}, 0.3f), 2.0), torch::full({1, 50}, 0.3f)));
        QVERIFY(torch::allclose(blurSpectrogram(torch::full({8, 20}, -1.0f), 0.7), torch::full({8, 20}, -1.0f)));
    }

    // An impulse shows the kernel itself: weights exp(-d²/2s²), so neighbours differ by exp(-1/2s²) at the centre.
    void spectrogramKernelIsGaussian() {
        torch::Tensor impulse = torch::zeros({9, 9});
        impulse[4][4] = 1.0f;
        const double deviation = 0.8;
        const torch::Tensor kernel = blurSpectrogram(impulse, deviation);
        const double ratio = std::exp(-0.5 / (deviation * deviation));
        QVERIFY(std::abs(kernel[4][5].item<double>() / kernel[4][4].item<double>() - ratio) < 1e-5);
        QVERIFY(std::abs(kernel[5][5].item<double>() / kernel[4][4].item<double>() - ratio * ratio) < 1e-5);
        QCOMPARE(kernel[4][7].item<float>(), 0.0f); // 5 × 5
        QVERIFY(std::abs(kernel.sum().item<double>() - 1.0) < 1e-5);
    }

    // Ten taps sit at half-integer distances: symmetric about the point between taps 5 and 6.
    void audioKernelHasTenTaps() {
        torch::Tensor impulse = torch::zeros({1, 41});
        impulse[0][20] = 1.0f;
        const torch::Tensor kernel = blurAudio(impulse, 3.0).squeeze(0);
        QCOMPARE(kernel.count_nonzero().item<std::int64_t>(), 10);
        QVERIFY(std::abs(kernel.sum().item<double>() - 1.0) < 1e-5);
        QCOMPARE(kernel.size(0), 41);
    }
};

QTEST_GUILESS_MAIN(BlurTest)
#include "BlurTest.moc"
