#include "ui/Messages.h"

#include "engine/plan/Harmony.h"
#include "storage/Library.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTranslator>
#include <QtTest/QtTest>

#include <functional>

using namespace n2m;

namespace {

/// A language in which everything stands in other brackets.
class Brackets : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char*, int) const override {
        return qstrcmp(context, "Messages") == 0 ? QStringLiteral("«%1»").arg(QString::fromUtf8(text)) : QString();
    }
    bool isEmpty() const override { return false; }
};

} // namespace

/// Lines as they are really thrown are known. Whether the table is in German, TranslationTest says.
class MessagesTest : public QObject {
    Q_OBJECT

    static std::string complaint(const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception& error) {
            return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void whatIsThrownIsKnown_data() {
        QTest::addColumn<QString>("line");
        const auto row = [](const char* name, const std::function<void()>& work) {
            QTest::newRow(name) << QString::fromStdString(complaint(work));
        };
        row("key", [] { plan::parseKey("H dur"); });
        row("chord", [] { plan::parseProgression("Am Hx"); });
        row("no chord", [] { plan::parseProgression(" "); });
        row("repeated bar", [] { plan::parseProgression("| % | C |"); });
        row("repeated chord", [] { plan::parseProgression("% C"); });
        row("field", [] { storage::TakeQuery::parse("temp:3"); });
        row("value", [] { storage::TakeQuery::parse("seed:many"); });
        row("origin", [] { storage::TakeQuery::parse("origin:nowhere"); });
        row("folder", [] { storage::Library library("/dev/null/library"); });
    }
    void whatIsThrownIsKnown() {
        QFETCH(QString, line);
        QVERIFY(!line.isEmpty());
        QCOMPARE(ui::inUsersLanguage(line.toStdString()), line); // in English as it is
        Brackets brackets;
        QCoreApplication::installTranslator(&brackets);
        const QString said = ui::inUsersLanguage(line.toStdString());
        QVERIFY2(said.startsWith(u'«') && said.endsWith(u'»'), qPrintable(line));
    }

    /// Those of sources that a test of the window does not link: they must stand there as the table has them.
    void theTableIsThatOfTheSources() {
        const auto has = [](const char* file, const char* text) {
            QFile source(QStringLiteral(N2M_SOURCE_DIR "/") + file);
            return source.open(QIODevice::ReadOnly) && source.readAll().contains(text);
        };
        QVERIFY(has("engine/Request.cpp", "the prompt is empty; say what the music should sound like"));
        QVERIFY(has("engine/Request.cpp", "{} has {} bytes; at most {} are read"));
        QVERIFY(has("engine/Request.cpp", "{} is {:g}; it may be {:g} to {:g}"));
        QVERIFY(has("engine/audio/SoundDevice.cpp", "No sound device was found"));
        QVERIFY(has("engine/audio/SoundDevice.cpp", "The sound device “{}” is not there"));
        QVERIFY(has("engine/audio/Player.cpp", "The sound device “{}” has gone away"));
    }

    void partsAreTranslatedToo() {
        Brackets brackets;
        QCoreApplication::installTranslator(&brackets);
        QCOMPARE(ui::inUsersLanguage("the negative prompt has 5000 bytes; at most 4096 are read"),
                 QString("««the negative prompt» has 5000 bytes; at most 4096 are read»"));
        QCOMPARE(ui::inUsersLanguage("The sound device “100 %2” is not there"),
                 QString("«The sound device “100 %2” is not there»"));
        QCOMPARE(ui::inUsersLanguage("bridge"), QString("«bridge»"));
        QCOMPARE(ui::inUsersLanguage("something else"), QString("something else"));
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "MessagesTest.moc"
