#include "tests/app/studio/Answers.h"
#include "tests/app/studio/StudioFixture.h"

#include "engine/audio/SoundFile.h"
#include "engine/plan/PlanJson.h"
#include "engine/request/RequestJson.h"
#include "tests/support/SoundRecorder.h"
#include "ui/prompt/ParametersPanel.h"
#include "ui/settings/PreferencesDialog.h"
#include "ui/style/Theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDirIterator>
#include <QInputDialog>
#include <QLabel>
#include <QScopeGuard>
#include <QToolButton>

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstring>

#include <unistd.h>

using namespace n2m;
using n2m::studio::Studio;
using test::Answers;
using test::longEnough;

/// The window on an unusual system: read-only or full disks, slow files, no sound device, settings of other programs.
class StudioSystemTest : public test::StudioFixture {
    Q_OBJECT

    const QTemporaryDir m_configuration;

    Studio::Setup setup() const override {
        Studio::Setup setup = StudioFixture::setup();
        setup.model.takesPlan = true;
        return setup;
    }

    /// Writes an hour of silence with NaN as the last sample: reading it takes a while, and fails at the end.
    static bool writeLongFile(const QString& path) {
        audio::Clip clip{std::vector<float>(24000), 24000, 1};
        audio::writeSoundFile(std::filesystem::path(path.toStdString()).replace_extension(".wav"), clip,
                              audio::SampleFormat::Float32);
        const QString wav = QFileInfo(path).dir().filePath(QFileInfo(path).completeBaseName() + ".wav");
        QFile file(wav);
        if (!file.open(QIODevice::ReadWrite)) return false;
        QByteArray head = file.read(4096);
        const auto data = head.indexOf("data");
        constexpr quint32 bytes = 3600u * 24000u * 4u;
        const quint32 riff = static_cast<quint32>(data) + bytes, last = 0x7fc00000;
        std::memcpy(head.data() + 4, &riff, 4);
        std::memcpy(head.data() + data + 4, &bytes, 4);
        file.seek(0);
        if (file.write(head) < 0 || !file.resize(qint64(data) + 8 + bytes)) return false; // with a hole, which is quick
        file.seek(file.size() - 4);
        return file.write(reinterpret_cast<const char*>(&last), 4) == 4 && file.rename(path);
    }

    /// Makes a folder and its files readable for everyone and writable for nobody.
    static void forEveryone(const QString& folder) {
        const auto readOnly = QFile::ReadOwner | QFile::ReadGroup | QFile::ReadOther;
        const auto enter = QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
        QFile::setPermissions(folder, readOnly | enter);
        QDirIterator all(folder, QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QFileInfo entry(all.next());
            QFile::setPermissions(entry.filePath(), entry.isDir() ? readOnly | enter : readOnly);
        }
    }

private Q_SLOTS:
    void initTestCase() {
        ui::applyTheme(*qApp, ui::Theme::Dark);
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_configuration.path())); // the user's own settings
        qunsetenv("N2M_LIBRARY");
        test::removeSoundDevices(m_configuration.path());
        forEveryone(m_configuration.path()); // aLibraryThatCanOnlyBeReadIsSeen() becomes another user
    }

    void init() { begin(); }

    void cleanup() { end(); }

    void aLibraryThatCanOnlyBeReadIsSeen() {
        if (getuid() != 0) QSKIP("needs root, to become another user");
        makeClip("from better days", "7");
        action("queue.pause")->trigger();
        generate("never begun");
        m_studio.reset();
        forEveryone(m_folder->path());
        QVERIFY(setresuid(65534, 65534, 0) == 0);
        const auto back = qScopeGuard([] { (void)setresuid(0, 0, 0); });
        open();
        QVERIFY(library().readOnly());
        QCOMPARE(rows(), 1);
        QVERIFY2(notice().contains("cannot be written to"), qPrintable(notice()));
        const auto kept = library().jobs().list();
        QVERIFY(std::any_of(kept.begin(), kept.end(), [](const auto& job) { return job.prompt == "never begun"; }));
        choose(0);
        QTRY_VERIFY_WITH_TIMEOUT(m_studio->window().findChild<ui::ClipView*>()->clip() != nullptr, longEnough);
        m_studio.reset();
    }

    /// A job was interrupted, and the disk is full: its state cannot be written.
    void aLibraryThatTakesNothingIsSeen() {
        makeClip("before the disk was full", "7");
        m_engine->wait = true;
        generate("interrupted");
        QTRY_VERIFY_WITH_TIMEOUT(m_engine->running, longEnough);
        m_studio.reset();
        m_engine->wait = false;
        const auto rule = [this](const char* text) {
            SQLite::Database database(m_folder->filePath("library/library.db").toStdString(), SQLite::OPEN_READWRITE);
            database.exec(text);
        };
        rule("CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'no room'); END");
        open();
        QCOMPARE(rows(), 1);
        QVERIFY2(notice().contains("no room"), qPrintable(notice()));
        rule("DROP TRIGGER full");
        QTest::mouseClick(child<QFrame>("notice")->findChild<QPushButton*>(), Qt::LeftButton); // try again
        QVERIFY2(notice().contains("while a clip was being made"), qPrintable(notice()));
    }

    void presetsArePromptsNeighboursAndKeepNoClipsPlan() {
        storage::SavedPrompt kept;
        kept.name = "Evening";
        kept.prompt = "slow piano";
        library().prompts().save(kept);
        Request request;
        request.seconds = 2.0;
        const nlohmann::json recipe = {{"format", "noise2music recipe 1"},
                                       {"prompt", "with a plan"},
                                       {"seconds", 2.0},
                                       {"plan", plan::toJson(test::FakeEngine::planOf(request))}};
        storage::Take facts;
        facts.prompt = "with a plan";
        facts.recipe = recipe.dump();
        const auto take = library().takes().add(test::tone(2.0), facts);
        m_studio->open({QString::fromStdString(library().takes().pathOf(take).string())});
        QTRY_VERIFY(action("clip.useAll")->isEnabled());
        action("clip.useAll")->trigger();
        Request shown;
        m_studio->window().findChild<ui::ParametersPanel*>()->writeTo(shown);
        QVERIFY(shown.givenPlan);

        Answers answers({[](QWidget* dialog) {
            auto* name = qobject_cast<QInputDialog*>(dialog);
            if (!name) return false;
            name->setTextValue("evening");
            name->accept();
            return true;
        }});
        child<QToolButton>("savePreset")->click();
        QVERIFY(answers.allGiven());
        const auto preset = library().prompts().findPreset("evening");
        QVERIFY(preset);
        QVERIFY(!requestFromJson(preset->settings).givenPlan);
        QCOMPARE(library().prompts().find("evening")->prompt, std::string("slow piano"));
        QCOMPARE(child<QComboBox>("presets")->currentText(), QString("evening"));
        child<QToolButton>("removePreset")->click();
        QVERIFY(!library().prompts().findPreset("evening"));
        QVERIFY(library().prompts().find("evening"));
    }

    void aClipThatIsReadSlowlySaysSo() {
        makeClip("the first", "7");
        makeClip("the second", "8");
        auto* view = m_studio->window().findChild<ui::ClipView*>();
        const QString file = [&] {
            for (const auto& take : library().takes().page(library().takes().ids()))
                if (take.seed == 7) return QString::fromStdString(library().takes().pathOf(take).string());
            return QString();
        }();
        QVERIFY(QFile::rename(file, file + ".aside"));
        QVERIFY(writeLongFile(file));
        choose(1);
        QCOMPARE(title(), QString("the first"));
        QTRY_VERIFY_WITH_TIMEOUT(!view->clip(), longEnough); // not the other clip's picture under this title
        QCOMPARE(view->hint(), QString("Reading …"));
        QVERIFY(!action("clip.compare")->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(view->hint(), QString("This clip could not be read."), longEnough);
        QVERIFY(!notice().isEmpty());

        QVERIFY(QFile::remove(file) && QFile::rename(file + ".aside", file));
        choose(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() != nullptr, longEnough);
        const auto second = view->clip();
        choose(1);
        QTRY_VERIFY_WITH_TIMEOUT(view->clip() && view->clip() != second, longEnough);
        QVERIFY(view->clip()->samples != second->samples);
        QVERIFY(action("clip.compare")->isEnabled()); // with the one that was shown before
    }

    void aSoundDeviceThatComesLaterIsOffered() {
        const auto offered = [this] {
            int devices = -1;
            Answers answers({[&](QWidget* dialog) {
                auto* preferences = qobject_cast<ui::PreferencesDialog*>(dialog);
                if (!preferences) return false;
                if (preferences->findChild<QLabel*>("soundNote")->text().startsWith("Looking")) return false;
                devices = preferences->findChild<QComboBox*>("soundDevice")->count() - 1; // the first: the default
                preferences->reject();
                return true;
            }});
            action("preferences")->trigger();
            return devices;
        };
        QCOMPARE(offered(), 0);
        const auto silence = qScopeGuard([now = qgetenv("ALSA_CONFIG_PATH")] { qputenv("ALSA_CONFIG_PATH", now); });
        const test::SoundRecorder recorder;
        QVERIFY(offered() > 0);
    }

    void preferencesAreKeptAndTheCommandLineFindsTheLibrary() {
        const QString chosen = m_folder->filePath("another library");
        const auto choose = [&] {
            Answers answers({[&](QWidget* dialog) {
                auto* preferences = qobject_cast<ui::PreferencesDialog*>(dialog);
                if (!preferences) return false;
                preferences->findChild<QLineEdit*>("library")->setText(chosen);
                auto* theme = preferences->findChild<QComboBox*>("theme");
                theme->setCurrentIndex(theme->findData(static_cast<int>(ui::Theme::Light)));
                preferences->accept();
                return true;
            }});
            action("preferences")->trigger();
            QVERIFY(answers.allGiven());
        };
        // Settings of another file do not change the default folder.
        choose();
        QVERIFY(notice().contains("other library"));
        QVERIFY(storage::Library::defaultFolder() != chosen.toStdString());
        m_studio.reset();
        Studio::Setup own = setup();
        own.settingsFile.clear();
        m_studio = std::make_unique<Studio>(own);
        m_studio->begin();
        choose();
        QCOMPARE(storage::Library::defaultFolder(), std::filesystem::path(chosen.toStdString()));
        QCOMPARE(ui::Preferences::load(*studio::openSettings({})).library, chosen);
        QVERIFY(ui::Preferences::load(*studio::openSettings({})).theme == ui::Theme::Light);
        ui::applyTheme(*qApp, ui::Theme::Dark);
        // If only the settings have the folder, as in earlier versions, the start writes the file.
        storage::Library::setDefaultFolder({});
        m_studio = std::make_unique<Studio>(own);
        QCOMPARE(storage::Library::defaultFolder(), std::filesystem::path(chosen.toStdString()));
    }
};

QTEST_MAIN(StudioSystemTest)
#include "StudioSystemTest.moc"
