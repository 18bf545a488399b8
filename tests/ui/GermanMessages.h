#pragma once

#include <QFile>
#include <QHash>
#include <QStringList>
#include <QTranslator>
#include <QXmlStreamReader>

namespace n2m::test {

/// The German of engine and storage, read from assets/translations. It records the texts of the context "Messages" that
/// it was asked for and does not have.
class GermanMessages : public QTranslator {
public:
    GermanMessages() {
        QFile file(QStringLiteral(N2M_SOURCE_DIR "/assets/translations/noise2music_de.ts"));
        if (!file.open(QIODevice::ReadOnly)) qFatal("no German");
        QXmlStreamReader xml(&file);
        QString context, source;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QLatin1String("name")) {
                context = xml.readElementText();
            } else if (xml.name() == QLatin1String("source")) {
                source = xml.readElementText();
            } else if (xml.name() == QLatin1String("translation") && context == QLatin1String("Messages")) {
                const bool finished = xml.attributes().value("type").isEmpty();
                const QString text = xml.readElementText();
                if (finished && !text.isEmpty()) m_texts.insert(source, text);
            }
        }
    }

    QString translate(const char* context, const char* text, const char*, int) const override {
        if (qstrcmp(context, "Messages") != 0) return {};
        const QString source = QString::fromUtf8(text);
        if (!m_texts.contains(source)) m_unknown << source;
        return m_texts.value(source);
    }
    bool isEmpty() const override { return false; }

    QString german(const QString& source) const { return m_texts.value(source); }
    const QStringList& unknown() const { return m_unknown; }

private:
    QHash<QString, QString> m_texts;
    mutable QStringList m_unknown;
};

} // namespace n2m::test
