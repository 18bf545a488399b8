#pragma once

#include <QRegularExpression>
#include <QTranslator>

#include <algorithm>

namespace n2m::test {

/// A language in which everything that engine, storage and player say stands in other brackets.
class Brackets : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char*, int) const override {
        return qstrcmp(context, "Messages") == 0 ? QStringLiteral("«%1»").arg(QString::fromUtf8(text)) : QString();
    }
    bool isEmpty() const override { return false; }

    /// Nothing stands outside of the brackets but where it happened: files and fields, without blanks.
    static bool isWhole(QString line) {
        static const QRegularExpression innermost(QStringLiteral("«[^«»]*»"));
        if (!line.endsWith(u'»')) return false;
        while (line.contains(innermost))
            line.remove(innermost);
        const QStringList places = line.split(QStringLiteral(": "));
        return std::none_of(places.begin(), places.end(), [](const QString& place) { return place.contains(u' '); });
    }
};

} // namespace n2m::test
