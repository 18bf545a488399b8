#include "engine/training/ExponentialAverage.h"

#include <QtTest/QtTest>

#include <algorithm>

using n2m::training::ExponentialAverage;

class ExponentialAverageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // min(d, (1 + n) / (10 + n)): a young average forgets the initial weights.
    void decaysAsItAges() {
        ExponentialAverage average({torch::zeros({3})}, 0.9);
        for (int n = 0; n < 100; ++n)
            QCOMPARE(average.nextDecay(), std::min(0.9, (1.0 + n) / (10.0 + n)));
        QCOMPARE(average.updates(), std::int64_t{100});
    }

    void swapsBothWays() {
        torch::Tensor parameter = torch::full({2}, 5.0f);
        ExponentialAverage average({parameter}, 0.5);
        parameter.fill_(7.0f);
        average.swap();
        QCOMPARE(parameter[0].item<float>(), 5.0f);
        average.swap();
        QCOMPARE(parameter[0].item<float>(), 7.0f);
        QCOMPARE(average.averages()[0][0].item<float>(), 5.0f);
    }
};

QTEST_GUILESS_MAIN(ExponentialAverageTest)
#include "ExponentialAverageTest.moc"
