#include "engine/training/ExponentialAverage.h"

#include <QtTest/QtTest>

#include <cmath>

using n2m::training::ExponentialAverage;

class ExponentialAverageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A parameter that jumps from 0 to 1 and stays: the average is 1 − Π decay_n, decay_n = min(d, (1 + n)/(10 + n)).
    void followsTheRecurrence() {
        torch::Tensor parameter = torch::zeros({3});
        ExponentialAverage average({parameter}, 0.9);
        parameter.fill_(1.0f);
        double remains = 1.0;
        for (int n = 0; n < 100; ++n) {
            average.update();
            remains *= std::min(0.9, (1.0 + n) / (10.0 + n));
        }
        QVERIFY(std::abs(average.averages()[0][1].item<double>() - (1.0 - remains)) < 1e-5);
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
