#include "engine/training/LearningRate.h"

#include <QtTest/QtTest>

using n2m::model::TrainingConfig;
using n2m::training::learningRate;

class LearningRateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void warmsUpLinearly() {
        TrainingConfig config = paper();
        QCOMPARE(learningRate(config, 0), 1e-4 / 10000);
        QVERIFY(std::abs(learningRate(config, 4999) - 0.5e-4) < 1e-9);
    }

    // Half a cosine over 2.5M steps: cos(pi/3) = 1/2 at a third, so 3/4 of the peak; nothing at the end.
    void decaysByACosine() {
        TrainingConfig config = paper();
        config.warmUp = 0;
        QVERIFY(std::abs(learningRate(config, 0) - 1e-4) < 1e-12);
        QVERIFY(std::abs(learningRate(config, 2500000 / 3) - 0.75e-4) < 1e-9);
        QVERIFY(learningRate(config, 2500000) < 1e-12);
        QVERIFY(learningRate(config, 9000000) < 1e-12);
    }

    void canHoldThePeakFirst() {
        TrainingConfig config = paper();
        config.warmUp = 0;
        config.decayFrom = 0.75;
        QCOMPARE(learningRate(config, 1800000), 1e-4);
        QVERIFY(std::abs(learningRate(config, 2187500) - 0.5e-4) < 1e-10); // the middle of the last quarter
    }

private:
    static TrainingConfig paper() {
        TrainingConfig config;
        config.steps = 2500000;
        return config;
    }
};

QTEST_GUILESS_MAIN(LearningRateTest)
#include "LearningRateTest.moc"
