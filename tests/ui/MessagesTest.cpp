#include "ui/Messages.h"

#include "engine/audio/Export.h"
#include "engine/audio/PlaybackCore.h"
#include "engine/audio/SoundDevice.h"
#include "engine/audio/SoundFile.h"
#include "engine/plan/Harmony.h"
#include "engine/plan/PlanJson.h"
#include "engine/request/RequestJson.h"
#include "storage/Library.h"
#include "tests/ui/GermanMessages.h"

#include <QFile>
#include <QLocale>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtTest/QtTest>

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <functional>

Q_DECLARE_METATYPE(n2m::base::Message)

using namespace n2m;
using test::GermanMessages;

/// Errors that the real engine and library throw come out in German. Those of the rooms that link LibTorch are in
/// EngineMessagesTest; MessageTranslationsTest compares the sources with the German texts.
class MessagesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path file(const char* name, const QByteArray& content) {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("cannot write");
        return file.fileName().toStdString();
    }

    static audio::Clip tone(std::size_t frames = 4800) { return {std::vector<float>(frames, 0.1f), 24000, 1}; }

    static base::Message complaint(const std::function<void()>& work) {
        try {
            work();
        } catch (const std::exception& error) {
            return base::messageOf(error);
        }
        return {};
    }

private Q_SLOTS:
    void errorsComeOutInGerman_data() {
        QTest::addColumn<base::Message>("message");
        const auto row = [](const char* name, const std::function<void()>& work) {
            QTest::newRow(name) << complaint(work);
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
        const std::filesystem::path folder = m_folder.path().toStdString();
        const auto read = [&row](const char* name, const std::filesystem::path& from) {
            row(name, [&] { audio::readSoundFile(from); });
        };
        read("no file", folder / "none.wav");
        read("a folder for a file", folder);
        read("an empty file", file("empty.wav", {}));
        read("no sound file", file("text.wav", "this is a line of text, not sound"));
        const auto write = [&row, &folder](const char* name, const char* to, const audio::Clip& clip,
                                           audio::SampleFormat format = audio::SampleFormat::Pcm24) {
            row(name, [&] { audio::writeSoundFile(folder / to, clip, format); });
        };
        write("no ending", "clip.txt", tone());
        write("float FLAC", "clip.flac", tone(), audio::SampleFormat::Float32);
        write("no such folder", "none/clip.wav", tone());
        write("not a number", "clip.wav", {std::vector<float>(9, std::nanf("")), 24000, 1});
        write("no rate of Opus", "clip.opus", {std::vector<float>(9, 0.1f), 44100, 1});
        write("no room for the channels", "clip.mp3", {std::vector<float>(600, 0.1f), 24000, 6});
        const auto exporting = [&row, &folder](const char* name, const audio::Clip& clip,
                                               const audio::ExportSettings& settings) {
            row(name, [&] { audio::exportClip(folder / "clip.wav", clip, settings); });
        };
        audio::ExportSettings outside, loud;
        outside.range = audio::FrameRange{100, 9000};
        exporting("a range outside", tone(), outside);
        exporting("nothing to export", tone(0), {});
        loud.sampleRate = -1;
        exporting("no rate", tone(), loud);
        row("another device", [] {
            audio::PlaybackCore core;
            audio::SoundStream().open({"", "nowhere"}, 48000, core);
        });
        row("a request of text", [] { requestFromJson("words"); });
        row("a request's field", [] { requestFromJson(R"({"prompt": 7})"); });
        row("a request's number", [] { requestFromJson(R"({"prompt": "a", "seed": -7})"); });
        row("another recipe", [] { requestOfRecipe(R"({"format": "soup"})"); });
        row("a plan", [] { plan::planFromJson(R"([])"_json); });
        row("a plan's tempo", [] { plan::planFromJson(R"({"seconds": 9, "bpm": 1000})"_json); });

        // The library.
        storage::Library library(folder / "library");
        row("import of no sound", [&] { library.takes().import(folder / "text.wav"); });
        row("import of nothing", [&] { library.takes().import(folder / "none.wav"); });
        library.marks().createBoard("Film");
        row("the same board", [&] { library.marks().createBoard("film"); });
        row("a board without a name", [&] { library.marks().createBoard(" "); });
        row("a tag without a name", [&] { library.marks().addTags({1}, {""}); });
        row("a tag with a tab", [&] { library.marks().addTags({1}, {"a\tb"}); });
        row("a board's long name", [&] { library.marks().createBoard(std::string(101, 'x')); });
        row("an open library rebuilt", [&] { storage::Library::rebuild(folder / "library"); });
        const auto databaseSays = [&](const char* name, const char* statement) {
            const std::filesystem::path other = folder / name;
            { storage::Library made(other); }
            SQLite::Database((other / "library.db").string(), SQLite::OPEN_READWRITE).exec(statement);
            return other;
        };
        const auto newer = databaseSays("newer", "PRAGMA user_version = 99");
        row("a newer library", [&] { storage::Library opened(newer); });
        row("a newer library rebuilt", [&] { storage::Library::rebuild(newer); });
        const auto foreign = databaseSays("foreign", "PRAGMA user_version = 0");
        row("a foreign database", [&] { storage::Library opened(foreign); });
        const auto damaged = databaseSays("damaged", "PRAGMA user_version = 1");
        std::filesystem::remove(damaged / "library.db-wal");
        QFile database(QString::fromStdString((damaged / "library.db").string()));
        QVERIFY(database.open(QIODevice::WriteOnly) && database.write(QByteArray(8192, 'x')) == 8192);
        database.close();
        row("a damaged library", [&] { storage::Library opened(damaged); });
    }
    void errorsComeOutInGerman() {
        QFETCH(base::Message, message);
        QVERIFY(!message.empty());
        const QString english = QString::fromStdString(message.text());
        QCOMPARE(ui::inUsersLanguage(message), english); // without a translator
        GermanMessages german;
        QCoreApplication::installTranslator(&german);
        const QString said = ui::inUsersLanguage(message);
        QVERIFY2(german.unknown().isEmpty(), qPrintable(german.unknown().join(u'\n')));
        QVERIFY2(said != english, qPrintable(said));
        QCOMPARE(ui::inUsersLanguage(message.serialised()), said); // stored, as with a failed job
    }

    /// It is shown over the clip.
    void theWindowSpeaksOfNoOptions() {
        const base::Message message("no cascade.json in '{}' ({}); name the folder of a bundle with --bundle",
                                    "/a/folder", "--bundle");
        QCOMPARE(ui::inUsersLanguage(message),
                 QString("no cascade.json in '/a/folder'; choose the folder of a bundle in the preferences"));
    }

    void everySectionOfAPlanIsKnown() {
        QFile file(QStringLiteral(N2M_SOURCE_DIR "/assets/corpus/forms.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        GermanMessages german;
        QCoreApplication::installTranslator(&german);
        int sections = 0;
        const auto forms = nlohmann::json::parse(file.readAll().toStdString());
        for (const auto& form : forms)
            for (const auto& section : form) {
                const std::string name = section.at(0).get<std::string>();
                ui::inUsersLanguage(name);
                QVERIFY2(german.unknown().isEmpty(), name.c_str());
                ++sections;
            }
        QVERIFY(sections > 20);
    }

    void nothingIsThrownOutOfAPool() {
        QThreadPool pool;
        QStringList errors;
        const auto run = [&](const std::function<void()>& work) {
            pool.start([&] { errors << ui::errorOf(work); });
            pool.waitForDone();
        };
        run([] {});
        run([] { throw std::runtime_error("is empty"); });
        run([] { throw std::bad_alloc(); });
        QCOMPARE(errors, (QStringList{"", "is empty", "there is not enough memory"}));
    }

    void partsAndNumbersAreTranslatedToo() {
        GermanMessages german;
        QCoreApplication::installTranslator(&german);
        const auto locale = qScopeGuard([before = QLocale()] { QLocale::setDefault(before); });
        QLocale::setDefault(QLocale(QLocale::German));
        const base::Message prompt("{} has {} bytes; at most {} are read", base::Message("the negative prompt"), 5000,
                                   4096);
        QCOMPARE(ui::inUsersLanguage(prompt),
                 QString("Der negative Prompt hat 5000 Bytes; höchstens 4096 werden gelesen"));
        const base::Message tempo("{} is {:g}; it may be {:g} to {:g}", base::Message("the tempo in beats per minute"),
                                  12.5, 30.0, 300.0);
        QVERIFY(ui::inUsersLanguage(tempo).contains("12,5"));
        // Names are neither looked up nor used as formats.
        QCOMPARE(ui::inUsersLanguage(base::Message("The sound device “{}” is not there", "bridge {0} %2")),
                 QString("Das Tongerät „bridge {0} %2“ ist nicht da"));
        QCOMPARE(ui::inUsersLanguage("bridge"), german.german("bridge"));
        QCOMPARE(ui::inUsersLanguage("something {else}"), QString("something {else}")); // of an older library
    }
};

QTEST_GUILESS_MAIN(MessagesTest)
#include "MessagesTest.moc"
