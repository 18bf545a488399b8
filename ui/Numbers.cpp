#include "ui/Numbers.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace n2m::ui {

QString numberText(double value, int decimals) {
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value, 'f', decimals).replace(QLatin1Char('-'), QChar(0x2212));
}

QString timeText(double seconds, double step) {
    const int decimals = step >= 1.0 ? 0 : std::min(6, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    const double unit = std::pow(10.0, decimals);
    const auto total = static_cast<qint64>(std::llround(std::max(seconds, 0.0) * unit));
    const auto whole = total / static_cast<qint64>(unit);
    QString text = whole >= 3600
                       ? QStringLiteral("%1:%2").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                       : QString::number(whole / 60);
    text += QStringLiteral(":%1").arg(whole % 60, 2, 10, QLatin1Char('0'));
    if (decimals > 0)
        text += QLocale().decimalPoint() +
                QStringLiteral("%1").arg(total % static_cast<qint64>(unit), decimals, 10, QLatin1Char('0'));
    return text;
}

} // namespace n2m::ui
