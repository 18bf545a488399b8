#include "engine/Pipeline.h"
#include "engine/audio/SoundFile.h"
#include "engine/text/Tokenizer.h"
#include "tests/support/TinyBundle.h"
#include "tests/ui/GermanMessages.h"
#include "ui/Messages.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <functional>

Q_DECLARE_METATYPE(n2m::base::Message)

using namespace n2m;
using test::GermanMessages;
namespace fs = std::filesystem;

namespace {

class Silent : public Monitor {
public:
    void step(const Progress&) override {}
};

} // namespace

/// Errors of requests, bundles and devices, thrown by the real engine, come out in German.
class EngineMessagesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    fs::path bundle(const char* name) {
        const fs::path folder = m_folder.filePath(QString(name).replace(u' ', u'-')).toStdString();
        test::makeTinyBundle(folder);
        return folder;
    }

    static QByteArray contentOf(const fs::path& path) {
        QFile file(QString::fromStdString(path.string()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    static void write(const fs::path& path, const QByteArray& content) {
        QFile file(QString::fromStdString(path.string()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

    static void row(const char* name, const std::function<void()>& work) {
        base::Message message;
        try {
            work();
        } catch (const std::exception& error) {
            message = base::messageOf(error);
        }
        QTest::newRow(name) << message;
    }

    /// A bundle whose cascade.json has another text in a place.
    void configurationRow(const char* name, const char* from, const char* to) {
        const fs::path folder = bundle(name);
        QByteArray json = contentOf(folder / "cascade.json");
        QVERIFY2(json.contains(from), from);
        json.replace(json.indexOf(from), qstrlen(from), to);
        write(folder / "cascade.json", json);
        row(name, [&] { Pipeline pipeline(folder); });
    }

    static Request request() {
        Request request;
        request.prompt = "piano";
        return request;
    }

private Q_SLOTS:
    void errorsComeOutInGerman_data() {
        QTest::addColumn<base::Message>("message");
        const auto refused = [](const char* name, const std::function<void(Request&)>& change) {
            Request changed = request();
            change(changed);
            row(name, [&] { changed.validate(); });
        };
        refused("no prompt", [](Request& r) { r.prompt.assign(3, ' '); });
        refused("long prompt", [](Request& r) { r.prompt.assign(1 << 20, 'x'); });
        refused("length", [](Request& r) { r.seconds = 1000; });
        refused("tempo", [](Request& r) { r.bpm = 3; });
        refused("route", [](Request& r) { r.route = "by sea"; });
        refused("steps", [](Request& r) { r.stages = {{}}, r.stages[0].steps = 0; });
        refused("guidance", [](Request& r) { r.stages = {{}}, r.stages[0].guidance = 99; });
        refused("stages", [](Request& r) { r.stages.resize(9); });
        refused("plan and none", [](Request& r) { r.plan = false, r.bpm = 90; });

        refused("range of no sound", [](Request& r) { r.repaint = {"", 1.0, 2.0, {}}; });
        refused("name with a zero", [](Request& r) { r.repaint = {std::string("a\0b", 3), 1.0, 2.0, {}}; });
        refused("range before the start", [](Request& r) { r.repaint = {"a.flac", -1.0, 2.0, {}}; });
        refused("range beyond the end", [](Request& r) { r.repaint = {"a.flac", 1.0, 99.0, {}}; });
        refused("range on the other route", [](Request& r) {
            r.route = "waveform";
            r.repaint = {"a.flac", 1.0, 2.0, {}};
        });
        row("no bundle", [&] { Pipeline pipeline(m_folder.path().toStdString()); });
        const fs::path good = bundle("good");
        const fs::path sound = m_folder.filePath("sound.wav").toStdString();
        audio::writeSoundFile(sound, {std::vector<float>(24000, 0.1f), 24000, 1});
        const auto ranged = [&](const char* name, double from, double to) {
            Request changed = request();
            changed.repaint = {sound.string(), from, to, {}};
            Silent monitor;
            row(name, [&] { Pipeline(good).run(changed, monitor); });
        };
        ranged("range behind the sound", 2.0, 3.0);
        ranged("range and a gap", 0.2, 0.5);
        row("no device", [&] { Pipeline pipeline(good, "abacus"); });
        configurationRow("no JSON", "{", "words");
        configurationRow("another format", "noise2music cascade 1", "soup");
        configurationRow("no such field", "\"name\"", "\"naem\"");
        configurationRow("no such stage", "\"spectrogram-generator\"", "\"soup\"");
        configurationRow("no such type", "\"name\": \"", "\"name\": 7, \"licence\": \"");

        const fs::path cut = bundle("cut");
        for (const auto& entry : fs::directory_iterator(cut))
            if (entry.path().extension() == ".safetensors") write(entry.path(), contentOf(entry.path()).chopped(100));
        row("cut weights", [&] { Pipeline pipeline(cut); });
        for (const auto& entry : fs::directory_iterator(cut))
            if (entry.path().extension() == ".safetensors") write(entry.path(), "soup soup soup");
        row("no weights", [&] { Pipeline pipeline(cut); });
        const fs::path mute = bundle("mute");
        fs::remove_all(mute / "text");
        row("no text encoder", [&] { Pipeline pipeline(mute); });
        const fs::path garbled = bundle("garbled");
        write(garbled / "text/spiece.model", "soup");
        row("no tokenizer", [&] { text::Tokenizer tokenizer(garbled / "text/spiece.model"); });

        test::TinyBundle parts;
        parts.waveformRoute = parts.superResolution = false;
        const fs::path small = fs::path(m_folder.path().toStdString()) / "small";
        test::makeTinyBundle(small, parts);
        Pipeline pipeline(small);
        Silent monitor;
        const auto run = [&](const char* name, const std::function<void(Request&)>& change) {
            Request changed = request();
            change(changed);
            row(name, [&] { pipeline.run(changed, monitor); });
        };
        run("no such route", [](Request& r) { r.route = "waveform"; });
        run("no such part", [](Request& r) { r.superResolution = "diffusion"; });
        run("no chords", [](Request& r) { r.chords = "Hx"; });
    }
    void errorsComeOutInGerman() {
        QFETCH(base::Message, message);
        QVERIFY(!message.empty());
        GermanMessages german;
        QCoreApplication::installTranslator(&german);
        const QString said = ui::inUsersLanguage(message);
        QVERIFY2(german.unknown().isEmpty(), qPrintable(german.unknown().join(u'\n')));
        QVERIFY2(said != QString::fromStdString(message.text()), qPrintable(said));
    }
};

QTEST_GUILESS_MAIN(EngineMessagesTest)
#include "EngineMessagesTest.moc"
