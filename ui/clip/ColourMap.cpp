#include "ui/clip/ColourMap.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace n2m::ui {

namespace {

using Points = std::array<QRgb, 17>;

constexpr Points magma = {0x000004, 0x0a0822, 0x1d1147, 0x36106b, 0x51127c, 0x6a1c81, 0x832681, 0x9c2e7f, 0xb73779,
                          0xcf4070, 0xe55064, 0xf4695c, 0xfb8761, 0xfea571, 0xfec287, 0xfde0a1, 0xfcfdbf};
constexpr Points inferno = {0x000004, 0x0b0724, 0x210c4a, 0x3d0965, 0x57106e, 0x71196e, 0x8a226a, 0xa32c61, 0xbc3754,
                            0xd04545, 0xe35933, 0xf1711f, 0xf98c0a, 0xfcaa0f, 0xf9c932, 0xf2e865, 0xfcffa4};
constexpr Points plasma = {0x0d0887, 0x310597, 0x4c02a1, 0x6600a7, 0x7e03a8, 0x9511a1, 0xaa2395, 0xbc3587, 0xcc4778,
                           0xd9586a, 0xe56b5d, 0xf07f4f, 0xf89441, 0xfdab33, 0xfdc328, 0xf9dd25, 0xf0f921};
constexpr Points viridis = {0x440154, 0x48186a, 0x472d7b, 0x424086, 0x3b528b, 0x33638d, 0x2c728e, 0x26828e, 0x21918c,
                            0x1f9f88, 0x27ad81, 0x3dbc74, 0x5cc863, 0x81d34d, 0xaadc32, 0xd5e21a, 0xfde725};

QRgb mixed(QRgb from, QRgb to, double share) {
    const auto mix = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return qRgb(mix(qRed(from), qRed(to)), mix(qGreen(from), qGreen(to)), mix(qBlue(from), qBlue(to)));
}

ColourTable between(const Points& points) {
    ColourTable table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double place = static_cast<double>(i) / 255.0 * 16.0;
        const auto first = std::min<std::size_t>(static_cast<std::size_t>(place), 15);
        table[i] = mixed(points[first], points[first + 1], place - static_cast<double>(first));
    }
    return table;
}

int encoded(double linear) {
    linear = std::clamp(linear, 0.0, 1.0);
    const double value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1.0 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255.0 * value));
}

/// CIE L*a*b* (D65) to sRGB, IEC 61966-2-1. Colours outside the gamut are clipped.
QRgb fromLab(double lightness, double a, double b) {
    const auto inverse = [](double t) { return t > 6.0 / 29.0 ? t * t * t : 3.0 * 36.0 / 841.0 * (t - 4.0 / 29.0); };
    const double fy = (lightness + 16.0) / 116.0;
    const double x = 0.95047 * inverse(fy + a / 500.0), y = inverse(fy), z = 1.08883 * inverse(fy - b / 200.0);
    return qRgb(encoded(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
                encoded(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
                encoded(0.0556434 * x - 0.2040259 * y + 1.0572252 * z));
}

} // namespace

QStringList colourMapNames() {
    const auto name = [](const char* text) { return QCoreApplication::translate("ColourMap", text); };
    return {name(QT_TRANSLATE_NOOP("ColourMap", "Magma")), name(QT_TRANSLATE_NOOP("ColourMap", "Inferno")),
            name(QT_TRANSLATE_NOOP("ColourMap", "Plasma")), name(QT_TRANSLATE_NOOP("ColourMap", "Viridis")),
            name(QT_TRANSLATE_NOOP("ColourMap", "Grey"))};
}

static const QStringList keys = {QStringLiteral("magma"), QStringLiteral("inferno"), QStringLiteral("plasma"),
                                 QStringLiteral("viridis"), QStringLiteral("grey")};

QString toString(ColourMap map) {
    return keys.at(static_cast<int>(map));
}

ColourMap colourMapFromString(const QString& name) {
    return static_cast<ColourMap>(std::max<qsizetype>(0, keys.indexOf(name)));
}

ColourTable colourTable(ColourMap map) {
    switch (map) {
    case ColourMap::Magma:
        return between(magma);
    case ColourMap::Inferno:
        return between(inferno);
    case ColourMap::Plasma:
        return between(plasma);
    case ColourMap::Viridis:
        return between(viridis);
    case ColourMap::Grey:
        break;
    }
    ColourTable table;
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = fromLab(100.0 * static_cast<double>(i) / 255.0, 0.0, 0.0);
    return table;
}

ColourTable differenceTable() {
    ColourTable table;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double side = std::clamp((static_cast<double>(i) - 128.0) / 127.0, -1.0, 1.0);
        const double strength = std::abs(side), hue = (side < 0.0 ? 60.0 : 245.0) * std::numbers::pi / 180.0;
        const double chroma = 55.0 * std::sqrt(strength);
        table[i] = fromLab(8.0 + 67.0 * strength, chroma * std::cos(hue), chroma * std::sin(hue));
    }
    return table;
}

} // namespace n2m::ui
