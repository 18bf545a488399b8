#include "app/BundlePath.h"
#include "app/studio/EngineSource.h"
#include "app/studio/Languages.h"
#include "app/studio/ModelOfBundle.h"
#include "app/studio/RebuildDialog.h"
#include "app/studio/RunningStudio.h"
#include "app/studio/Studio.h"

#include "engine/device/Runtime.h"
#include "storage/Library.h"
#include "storage/LibraryError.h"
#include "ui/Messages.h"
#include "ui/settings/Preferences.h"
#include "ui/style/Theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

#include <cstdio>

namespace {

using namespace n2m;

QString oneLine(const std::exception& error) {
    const QByteArray text(error.what());
    return ui::inUsersLanguage(text.split('\n').first().toStdString());
}

/// The border of the GUI thread: what nobody caught nearer by becomes a message, and the program goes on.
class Application : public QApplication {
public:
    using QApplication::QApplication;

    studio::Studio* studio = nullptr;

    bool notify(QObject* receiver, QEvent* event) override {
        try {
            return QApplication::notify(receiver, event);
        } catch (const std::exception& error) {
            if (!studio) throw;
            studio->complain(oneLine(error));
            return true;
        }
    }
};

/// Opens the studio; a library that is damaged may be rebuilt first. Null: the user gave up.
std::unique_ptr<studio::Studio> openStudio(const studio::Studio::Setup& setup) {
    while (true) {
        try {
            return std::make_unique<studio::Studio>(setup);
        } catch (const storage::LibraryError& error) {
            QMessageBox box(QMessageBox::Critical, QObject::tr("The library does not open"), oneLine(error));
            QAbstractButton* rebuild = nullptr;
            if (error.kind() == storage::LibraryError::Kind::Damaged) {
                box.setInformativeText(
                    QObject::tr("The clips are safe in their folder. The library can be rebuilt from "
                                "them; the damaged one is kept aside."));
                rebuild = box.addButton(QObject::tr("Rebuild"), QMessageBox::AcceptRole);
            }
            QAbstractButton* again =
                rebuild ? nullptr : box.addButton(QObject::tr("Try again"), QMessageBox::AcceptRole);
            box.addButton(QMessageBox::Close);
            box.exec();
            if (rebuild && box.clickedButton() == rebuild) {
                studio::RebuildDialog(setup.library).finish();
                continue; // stopped, it is damaged still
            }
            if (again && box.clickedButton() == again) continue;
            return nullptr;
        }
    }
}

/// The file that --settings names. Asked first of all: it also says in which language the help is to be.
QString settingsFileOf(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOption({"settings", QString(), "FILE"});
    parser.parse(arguments); // what else there is, is unknown to it, which is no matter
    return parser.value("settings");
}

/// The library that is opened: of the command line, the environment, the preferences, or the usual one.
std::filesystem::path libraryOf(const QString& option, const ui::Preferences& saved) {
    if (!option.isEmpty()) return option.toStdString();
    if (!saved.library.isEmpty() && qEnvironmentVariableIsEmpty("N2M_LIBRARY")) return saved.library.toStdString();
    return storage::Library::defaultFolder();
}

/// As another program finds them, which has another working folder.
QStringList absolute(QStringList files) {
    for (QString& file : files)
        file = QFileInfo(file).absoluteFilePath();
    return files;
}

int run(Application& application) {
    const auto settings = studio::openSettings(settingsFileOf(QApplication::arguments()));
    const ui::Preferences saved = ui::Preferences::load(*settings);
    studio::speak(application, saved.language);
    QCommandLineParser parser;
    parser.setApplicationDescription(QObject::tr("Music from words."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"library",
                      QObject::tr("Folder of the library; else $N2M_LIBRARY, else the one of the preferences, else "
                                  "Noise2Music in the music folder."),
                      "FOLDER"});
    parser.addOption({"bundle", QString::fromLatin1(app::bundleHelp), "FOLDER"});
    parser.addOption({"device", QObject::tr("What computes: cpu or cuda."), "NAME"});
    parser.addOption({"settings", QObject::tr("Another settings file than the user's own."), "FILE"});
    parser.addPositionalArgument("files", QObject::tr("Sound files to open."), "[FILE…]");
    parser.process(application);

    studio::Studio::Setup setup;
    setup.settingsFile = parser.value("settings");
    ui::Preferences preferences = saved;
    ui::applyTheme(application, preferences.theme);
    if (parser.isSet("bundle")) preferences.bundle = parser.value("bundle");
    if (parser.isSet("device")) preferences.device = parser.value("device");

    setup.library = libraryOf(parser.value("library"), saved);
    const QStringList files = absolute(parser.positionalArguments());
    studio::RunningStudio running(setup.library);
    if (running.handOver(files)) return 0;
    setup.check = [](const Request& request) { request.validate(); };
    auto engine = std::make_shared<studio::EngineSource>();
    setup.generate = [engine](const Request& request, Monitor& monitor) { return engine->generate(request, monitor); };
    setup.chooseModel = [engine](const ui::Preferences& chosen) {
        const auto bundle = app::findBundle(chosen.bundle.toStdString());
        studio::ChosenModel model{studio::modelOfBundle(bundle), studio::tokenCounterOfBundle(bundle)};
        model.facts.device = chosen.device;
        engine->choose({bundle, chosen.device.toStdString()});
        return model;
    };
    QString problem; // a model that is missing does not keep anybody from his clips
    try {
        studio::ChosenModel model = setup.chooseModel(preferences);
        setup.model = std::move(model.facts);
        setup.tokens = std::move(model.tokens);
    } catch (const std::exception& error) {
        problem = oneLine(error);
        setup.model.folder = preferences.bundle;
    }

    const auto studio = openStudio(setup);
    if (!studio) return 1;
    application.studio = studio.get();
    try { // as in Application::notify, through which these do not go
        studio->begin();
        if (!problem.isEmpty()) studio->complainOfModel(problem);
        studio->open(files);
    } catch (const std::exception& error) {
        studio->complain(oneLine(error));
    }
    QObject::connect(&running, &studio::RunningStudio::called, studio.get(), &studio::Studio::comeToFront);
    running.beginAnswering();
    const int result = QApplication::exec();
    application.studio = nullptr;
    return result;
}

} // namespace

int main(int argc, char** argv) {
    n2m::device::tuneAllocator();
    Application application(argc, argv);
    QApplication::setApplicationName("Noise2Music Studio");
    QApplication::setApplicationVersion(N2M_VERSION);
    QApplication::setDesktopFileName("org.noise2music.Studio");
    try {
        return run(application);
    } catch (const std::exception& error) {
        const QString line = oneLine(error);
        std::fprintf(stderr, "noise2music-studio: %s\n", qPrintable(line));
        QMessageBox::critical(nullptr, QObject::tr("Noise2Music Studio"), line);
        return 1;
    }
}
