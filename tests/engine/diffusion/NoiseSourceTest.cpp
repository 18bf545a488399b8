#include "engine/diffusion/NoiseSource.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::diffusion;

class NoiseSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClipDoesNotDependOnItsBatch() {
        NoiseSource alone({7}), together({3, 7, 11});
        for (int draw = 0; draw < 3; ++draw) {
            const torch::Tensor one = alone.draw(2, 100), three = together.draw(2, 100);
            QVERIFY(torch::equal(one[0], three[1]));
            QVERIFY(!torch::equal(three[0], three[1]));
        }
    }

    void threadsDoNotMatter() {
        const int threads = at::get_num_threads();
        at::set_num_threads(1);
        const torch::Tensor one = NoiseSource({5}).draw(1, 200000);
        at::set_num_threads(2);
        const torch::Tensor two = NoiseSource({5}).draw(1, 200000);
        at::set_num_threads(threads);
        QVERIFY(torch::equal(one, two));
    }

    void isStandardNormal() {
        const torch::Tensor noise = NoiseSource({1}).draw(1, 100000).to(torch::kFloat64);
        // Five standard errors: 1/√n for the mean, √(2/n) for the variance, √(24/n) for the excess kurtosis.
        QVERIFY(std::abs(noise.mean().item<double>()) < 5 * std::sqrt(1.0 / 1e5));
        QVERIFY(std::abs(noise.square().mean().item<double>() - 1.0) < 5 * std::sqrt(2.0 / 1e5));
        QVERIFY(std::abs(noise.pow(4).mean().item<double>() - 3.0) < 5 * std::sqrt(96.0 / 1e5));
    }
};

QTEST_GUILESS_MAIN(NoiseSourceTest)
#include "NoiseSourceTest.moc"
