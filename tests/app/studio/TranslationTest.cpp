#include "app/studio/TakeDesk.h"
#include "ui/keys/Actions.h"
#include "ui/window/MainWindow.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <QtTest/QtTest>

/// Every text of the window has a translation, with the same places for values and a mnemonic where the original has
/// one. Whether a text is missing altogether is lupdate's to find: the target update_translations.
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
    /// tr() looks under the class's whole name, as moc knows it; a text that stands under another is never found.
    void textsStandUnderTheirClasses() {
        QFile file(N2M_SOURCE_DIR "/assets/translations/noise2music_de.ts");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        for (const QMetaObject* meta : {&n2m::ui::Actions::staticMetaObject, &n2m::ui::MainWindow::staticMetaObject,
                                        &n2m::studio::TakeDesk::staticMetaObject})
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
