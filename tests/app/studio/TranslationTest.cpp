#include "app/studio/ShownClip.h"
#include "ui/actions/Actions.h"
#include "ui/window/MainWindow.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

/// Every text in the translation file is translated, with the same places for values and a mnemonic where the original
/// has one. The target update_translations finds texts that are missing in the file.
class TranslationTest : public QObject {
    Q_OBJECT

private:
    static QStringList placesOf(const QString& text) {
        static const QRegularExpression place("%(?:\\d|n)");
        QStringList places;
        for (auto match = place.globalMatch(text); match.hasNext();)
            places << match.next().captured();
        places.sort();
        return places;
    }

private Q_SLOTS:
    /// tr() looks up a text under the full name of its class; under another name it is never found.
    void textsAreUnderTheirClasses() {
        QFile file(N2M_SOURCE_DIR "/assets/translations/noise2music_de.ts");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        for (const QMetaObject* meta : {&n2m::ui::Actions::staticMetaObject, &n2m::ui::MainWindow::staticMetaObject,
                                        &n2m::studio::ShownClip::staticMetaObject})
            QVERIFY2(text.contains(QByteArray("<name>") + meta->className() + "</name>"), meta->className());
    }

    void germanIsComplete() {
        QFile file(N2M_SOURCE_DIR "/assets/translations/noise2music_de.ts");
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        QString source;
        bool numerus = false;
        int translations = 0;
        const auto check = [&](const QString& translation) {
            ++translations;
            QVERIFY2(!translation.isEmpty(), qPrintable(source));
            QVERIFY2(placesOf(translation) == placesOf(source), qPrintable(source));
            static const QRegularExpression mnemonic("&[^& ]");
            QVERIFY2(translation.contains(mnemonic) == source.contains(mnemonic), qPrintable(source));
        };
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QLatin1String("message")) {
                numerus = xml.attributes().value("numerus") == QLatin1String("yes");
            } else if (xml.name() == QLatin1String("source")) {
                source = xml.readElementText();
            } else if (xml.name() == QLatin1String("translation")) {
                QVERIFY2(xml.attributes().value("type").isEmpty(), qPrintable(source)); // not "unfinished"
                if (!numerus) check(xml.readElementText());
            } else if (xml.name() == QLatin1String("numerusform")) {
                check(xml.readElementText());
            }
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(translations > 300);
    }
};

QTEST_GUILESS_MAIN(TranslationTest)
#include "TranslationTest.moc"
