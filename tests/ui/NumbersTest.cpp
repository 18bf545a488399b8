#include "ui/Numbers.h"

#include <QLocale>
#include <QtTest/QtTest>

using namespace n2m::ui;

/// Numbers and times in the languages of the window.
class NumbersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QLocale::setDefault(QLocale::c()); }

    void english() {
        QLocale::setDefault(QLocale(QLocale::English));
        QCOMPARE(numberText(-12.5, 1), QString::fromUtf8("−12.5"));
        QCOMPARE(numberText(12345.0, 0), QStringLiteral("12345"));
        QCOMPARE(timeText(0.0, 1.0), QStringLiteral("0:00"));
        QCOMPARE(timeText(65.25, 0.05), QStringLiteral("1:05.25"));
        QCOMPARE(timeText(59.9996, 0.001), QStringLiteral("1:00.000"));
        QCOMPARE(timeText(3723.0, 10.0), QStringLiteral("1:02:03"));
    }

    void german() {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(numberText(-12.5, 1), QString::fromUtf8("−12,5"));
        QCOMPARE(numberText(12345.0, 0), QStringLiteral("12345"));
        QCOMPARE(timeText(0.0, 1.0), QStringLiteral("0:00"));
        QCOMPARE(timeText(65.25, 0.05), QStringLiteral("1:05,25"));
        QCOMPARE(timeText(59.9996, 0.001), QStringLiteral("1:00,000"));
        QCOMPARE(timeText(3723.0, 10.0), QStringLiteral("1:02:03"));
    }
};

QTEST_GUILESS_MAIN(NumbersTest)
#include "NumbersTest.moc"
