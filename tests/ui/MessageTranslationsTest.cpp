#include "tests/ui/GermanMessages.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace n2m;

/// Every message that the window can show has a German text with the same fields. The formats are those that
/// update_translations collects from the sources.
class MessageTranslationsTest : public QObject {
    Q_OBJECT

    QStringList m_formats;

    /// The arguments that a format shows, with their formats: "{} … {:g}" gives "0", "1:g".
    static QStringList fieldsOf(QString format) {
        format.remove("{{").remove("}}");
        static const QRegularExpression field("\\{(\\d*)([^{}]*)\\}");
        QStringList fields;
        int next = 0;
        for (auto match = field.globalMatch(format); match.hasNext();) {
            const auto one = match.next();
            fields << (one.captured(1).isEmpty() ? QString::number(next++) : one.captured(1)) + one.captured(2);
        }
        fields.sort();
        return fields;
    }

private Q_SLOTS:
    void initTestCase() {
        QTemporaryDir folder;
        const QString output = folder.filePath("messages.cpp");
        QProcess cmake;
        cmake.start(N2M_CMAKE_COMMAND, {"-D", "SOURCES=" + QString(N2M_MESSAGE_SOURCES).replace(u',', u';'), "-D",
                                        "OUTPUT=" + output, "-P", N2M_SOURCE_DIR "/cmake/CollectMessages.cmake"});
        QVERIFY(cmake.waitForFinished(-1));
        QVERIFY2(cmake.exitCode() == 0, cmake.readAllStandardError().constData());
        QFile file(output);
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line("QT_TRANSLATE_NOOP\\(\"Messages\", \"((?:[^\"\\\\]|\\\\.)*)\"\\)");
        for (auto match = line.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();)
            m_formats << match.next().captured(1).replace("\\\"", "\"").replace("\\n", "\n");
        QVERIFY2(m_formats.size() > 200, qPrintable(QString::number(m_formats.size())));
    }

    void everyMessageIsInGerman() {
        const test::GermanMessages german;
        QStringList missing, unfit;
        for (const QString& format : m_formats) {
            const QString text = german.german(format);
            if (text.isEmpty())
                missing << format;
            else if (fieldsOf(text) != fieldsOf(format))
                unfit << text;
        }
        QVERIFY2(missing.isEmpty(), qPrintable("not in German:\n" + missing.join(u'\n')));
        QVERIFY2(unfit.isEmpty(), qPrintable("other fields than the English:\n" + unfit.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(MessageTranslationsTest)
#include "MessageTranslationsTest.moc"
