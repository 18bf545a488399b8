#include "engine/evaluation/Intervals.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::evaluation;

class IntervalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Golden values: Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    void sharesHaveWilsonIntervals_data() {
        QTest::addColumn<int>("hits");
        QTest::addColumn<int>("count");
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::newRow("81 of 263") << 81 << 263 << 0.2553 << 0.3662;
        QTest::newRow("15 of 148") << 15 << 148 << 0.0624 << 0.1605;
        QTest::newRow("0 of 20") << 0 << 20 << 0.0000 << 0.1611;
        QTest::newRow("1 of 29") << 1 << 29 << 0.0061 << 0.1718;
    }

    void sharesHaveWilsonIntervals() {
        QFETCH(int, hits);
        QFETCH(int, count);
        QFETCH(double, low);
        QFETCH(double, high);
        const Interval interval = Share{hits, count}.interval();
        QVERIFY2(std::abs(interval.low - low) < 6e-5, qPrintable(QString::number(interval.low)));
        QVERIFY2(std::abs(interval.high - high) < 6e-5, qPrintable(QString::number(interval.high)));
    }

    void nothingIsSaidOfNothing() {
        QCOMPARE(Share().rate(), 0.0);
        QCOMPARE(Share().interval().high, 1.0);
        QCOMPARE(Sample().mean(), 0.0);
    }

    /// For n normal values with deviation s, the interval of the mean is about ±1.96 s/√n.
    void samplesAreResampled() {
        Sample sample;
        for (int i = 0; i < 400; ++i)
            sample.add(std::sin(i * 1.7) * std::sqrt(2.0) + 5.0); // deviation 1
        const Interval interval = sample.interval();
        QVERIFY(std::abs(sample.mean() - 5.0) < 0.02);
        QVERIFY2(std::abs((interval.high - interval.low) / 2.0 - 1.96 / 20.0) < 0.012,
                 qPrintable(QString::number(interval.high - interval.low)));
        QVERIFY(interval.low < sample.mean() && sample.mean() < interval.high);
        QCOMPARE(interval.low, sample.interval().low);
    }
};

QTEST_GUILESS_MAIN(IntervalsTest)
#include "IntervalsTest.moc"
