#include "ui/clip/ColourMap.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace n2m::ui;

class ColourMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colourMapsGetBrighterEvenly() {
        // CIE lightness from sRGB's relative luminance.
        const auto lightness = [](QRgb colour) {
            const auto linear = [](int value) {
                const double share = value / 255.0;
                return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
            };
            const double y =
                0.2126 * linear(qRed(colour)) + 0.7152 * linear(qGreen(colour)) + 0.0722 * linear(qBlue(colour));
            return y > 0.008856 ? 116.0 * std::cbrt(y) - 16.0 : 903.3 * y;
        };
        for (int map = 0; map < colourMapNames().size(); ++map) {
            const ColourTable table = colourTable(static_cast<ColourMap>(map));
            QCOMPARE(static_cast<int>(colourMapFromString(toString(static_cast<ColourMap>(map)))), map);
            for (std::size_t i = 8; i < 256; ++i)
                QVERIFY2(lightness(table[i]) > lightness(table[i - 8]), qPrintable(QString::number(map)));
        }
        const ColourTable difference = differenceTable();
        for (std::size_t i = 1; i < 127; ++i)
            QVERIFY(std::abs(lightness(difference[128 + i]) - lightness(difference[128 - i])) < 6.0);
    }
};

QTEST_MAIN(ColourMapTest)
#include "ColourMapTest.moc"
