#include "ui/clip/Lanes.h"

#include <QtTest/QtTest>

using namespace n2m::ui;

class LanesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stepsOfTime() {
        QCOMPARE(roundStep(0.0011), 0.002);
        QCOMPARE(roundStep(0.3), 0.5);
        QCOMPARE(roundStep(9.0), 10.0);
        QCOMPARE(roundStep(11.0), 15.0);
        QCOMPARE(roundStep(500.0), 600.0);
    }
};

QTEST_MAIN(LanesTest)
#include "LanesTest.moc"
