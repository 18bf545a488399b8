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

/// Other libraries append a stack trace to their message.
QString firstLineOf(const std::exception& error) {
    return ui::inUsersLanguage(error).section(QLatin1Char('\n'), 0, 0);
}

/// Catches exceptions that leave an event handler on the GUI thread, shows them, and lets the program go on.
class Application : public QApplication {
public:
    using QApplication::QApplication;

    studio::Studio* studio = nullptr;

    bool notify(QObject* receiver, QEvent* event) override {
        try {
            return QApplication::notify(receiver, event);
        } catch (const std::exception& error) {
            if (!studio) throw;
            studio->showError(firstLineOf(error));
            return true;
        }
    }
};

/// Opens the studio, and offers to rebuild a damaged library first. Null: the user cancelled.
std::unique_ptr<studio::Studio> openStudio(const studio::Studio::Setup& setup) {
    while (true) {
        try {
            return std::make_unique<studio::Studio>(setup);
        } catch (const storage::LibraryError& error) {
            QMessageBox box(QMessageBox::Critical, QObject::tr("The library does not open"), firstLineOf(error));
            QAbstractButton* rebuild = nullptr;
            if (error.kind() == storage::LibraryError::Kind::Damaged) {
                box.setInformativeText(
                    QObject::tr("The clips are safe in their folder. The library can be rebuilt from "
                                "them; the damaged one is kept as a copy."));
                rebuild = box.addButton(QObject::tr("Rebuild"), QMessageBox::AcceptRole);
            }
            QAbstractButton* again =
                rebuild ? nullptr : box.addButton(QObject::tr("Try again"), QMessageBox::AcceptRole);
            box.addButton(QMessageBox::Close);
            box.exec();
            if (rebuild && box.clickedButton() == rebuild) {
                studio::RebuildDialog(setup.library).finish();
                continue; // if the user stopped it, the library is still damaged
            }
            if (again && box.clickedButton() == again) continue;
            return nullptr;
        }
    }
}

/// The file that --settings names. It is read before all other options: it has the language of the help.
QString settingsFileOf(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOption({"settings", QString(), "FILE"});
    parser.parse(arguments); // fails at the other options, but finds this one
    return parser.value("settings");
}

/// The library to open: from the command line, the environment, the preferences, or the default one.
std::filesystem::path libraryOf(const QString& option, const ui::Preferences& saved) {
    if (!option.isEmpty()) return option.toStdString();
    if (!saved.library.isEmpty() && qEnvironmentVariableIsEmpty("N2M_LIBRARY")) return saved.library.toStdString();
    return storage::Library::defaultFolder();
}

/// The files with absolute paths: a running studio has another working folder.
QStringList absolute(QStringList files) {
    for (QString& file : files)
        file = QFileInfo(file).absoluteFilePath();
    return files;
}

int run(Application& application) {
    const auto settings = studio::openSettings(settingsFileOf(QApplication::arguments()));
    const ui::Preferences saved = ui::Preferences::load(*settings);
    studio::useLanguage(application, saved.language);
    QCommandLineParser parser;
    parser.setApplicationDescription(QObject::tr("Music from words."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({"library",
                      QObject::tr("Folder of the library; else $N2M_LIBRARY, else the one in the preferences, else "
                                  "Noise2Music in the music folder."),
                      "FOLDER"});
    parser.addOption({"bundle", QString::fromLatin1(app::bundleHelp), "FOLDER"});
    parser.addOption({"device", QObject::tr("Device that computes: cpu or cuda."), "NAME"});
    parser.addOption({"settings", QObject::tr("Settings file to use instead of the user's own."), "FILE"});
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
    auto engine = std::make_shared<studio::EngineSource>();
    setup.generate = [engine](const Request& request, Monitor& monitor) { return engine->generate(request, monitor); };
    setup.chooseModel = [engine](const ui::Preferences& chosen) {
        const auto bundle = app::findBundle(chosen.bundle.toStdString());
        studio::ChosenModel model{studio::modelOfBundle(bundle), studio::tokenCounterOfBundle(bundle)};
        model.facts.device = chosen.device;
        engine->choose({bundle, chosen.device.toStdString()});
        return model;
    };
    QString problem; // without a model, the clips of the library can still be heard
    try {
        studio::ChosenModel model = setup.chooseModel(preferences);
        setup.model = std::move(model.facts);
        setup.tokens = std::move(model.tokens);
    } catch (const std::exception& error) {
        problem = firstLineOf(error);
        setup.model.folder = preferences.bundle;
    }

    const auto studio = openStudio(setup);
    if (!studio) return 1;
    application.studio = studio.get();
    try { // as in Application::notify, which does not see these calls
        studio->begin();
        if (!problem.isEmpty()) studio->showModelError(problem);
        studio->open(files);
    } catch (const std::exception& error) {
        studio->showError(firstLineOf(error));
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
        const QString line = firstLineOf(error);
        std::fprintf(stderr, "noise2music-studio: %s\n", qPrintable(line));
        QMessageBox::critical(nullptr, QObject::tr("Noise2Music Studio"), line);
        return 1;
    }
}
