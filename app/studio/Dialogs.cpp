#include "app/studio/Dialogs.h"

#include "app/studio/Checks.h"
#include "engine/audio/Player.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/actions/Actions.h"
#include "ui/actions/ShortcutsDialog.h"
#include "ui/settings/CheckDialog.h"
#include "ui/settings/PreferencesDialog.h"
#include "ui/style/Icons.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QMessageBox>
#include <QTimer>

namespace n2m::studio {
namespace {

/// The environment takes precedence over the preferences, as in main().
bool libraryIsFixed() {
    return !qEnvironmentVariableIsEmpty("N2M_LIBRARY");
}

} // namespace

Dialogs::Dialogs(const Parts& parts, QObject* parent)
    : QObject(parent)
    , m_parts(parts) {
    const auto on = [this](const char* id, auto slot) {
        connect(m_parts.actions[id], &QAction::triggered, this, slot);
    };
    on("preferences", &Dialogs::showPreferences);
    on("shortcuts", &Dialogs::showShortcuts);
    on("check", &Dialogs::showCheck);
    on("about", &Dialogs::showAbout);
    chooseSound(m_parts.player, ui::Preferences::load(m_parts.settings));
    shareLibraryFolder(ui::Preferences::load(m_parts.settings));
}

void Dialogs::shareLibraryFolder(const ui::Preferences& preferences) {
    if (!m_parts.ownSettings) return;
    try { // `noise2music generate --library` reads it
        storage::Library::setDefaultFolder(preferences.library.toStdString());
    } catch (const std::exception& error) {
        m_parts.window.notice().showError(ui::inUsersLanguage(error));
    }
}

void Dialogs::chooseSound(audio::Player& player, const ui::Preferences& preferences) {
    audio::SoundDeviceChoice choice;
    choice.hostApi = preferences.soundHost.toStdString();
    choice.name = preferences.soundDevice.toStdString();
    choice.sampleRate = preferences.soundRate;
    choice.bufferFrames = preferences.soundBuffer;
    if (choice != player.choice()) player.choose(choice);
}

void Dialogs::lookForDevices(QDialog& dialog, const std::function<void()>& show) {
    // There may be new ones since the start. Querying them takes a while; the player does it on its own thread.
    if (!m_parts.player.playing()) m_parts.player.lookForDevices();
    show();
    auto* glance = new QTimer(&dialog);
    glance->setInterval(30);
    connect(glance, &QTimer::timeout, &dialog, [this, glance, show] {
        if (m_parts.player.looking()) return;
        glance->stop();
        show();
    });
    glance->start();
}

void Dialogs::showPreferences() {
    ui::PreferencesDialog dialog(ui::Preferences::load(m_parts.settings),
                                 QString::fromStdString(m_parts.library.folder().string()), libraryIsFixed(),
                                 &m_parts.window);
    lookForDevices(dialog, [&] { dialog.showDevices(m_parts.player.devices(), m_parts.player.looking()); });
    connect(&dialog, &ui::PreferencesDialog::shortcutsRequested, this, &Dialogs::showShortcuts);
    if (dialog.exec() == QDialog::Accepted) apply(dialog.preferences());
}

void Dialogs::apply(const ui::Preferences& chosen) {
    const ui::Preferences before = ui::Preferences::load(m_parts.settings);
    ui::Preferences preferences = chosen;
    if (m_parts.chooseModel && (preferences.bundle != before.bundle || preferences.device != before.device)) {
        try {
            ChosenModel model = m_parts.chooseModel(preferences);
            m_parts.model = std::move(model.facts);
            Q_EMIT modelChosen(model.tokens);
        } catch (const std::exception& error) { // the other preferences are applied all the same
            preferences.bundle = before.bundle;
            preferences.device = before.device;
            m_parts.window.notice().showError(tr("The model was not changed: %1").arg(ui::inUsersLanguage(error)));
        }
    }
    preferences.save(m_parts.settings);
    shareLibraryFolder(preferences);
    if (preferences.theme != before.theme) ui::applyTheme(*qApp, preferences.theme);
    if (preferences.complete != before.complete) Q_EMIT completionChosen(preferences.complete);
    chooseSound(m_parts.player, preferences);
    const bool library = preferences.library != before.library, language = preferences.language != before.language;
    QStringList later;
    if (library && libraryIsFixed())
        later << tr("The other library will be opened when the environment variable N2M_LIBRARY is not set.");
    else if (library)
        later << tr("The other library will be opened at the next start of the program.");
    if (language) later << tr("The other language will be used from the next start of the program.");
    if (!later.isEmpty()) m_parts.window.notice().showResult(later.join(QLatin1Char('\n')));
}

void Dialogs::showShortcuts() {
    ui::ShortcutsDialog dialog(m_parts.actions,
                               QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &m_parts.window);
    dialog.exec();
    m_parts.actions.save(m_parts.settings);
}

void Dialogs::showCheck() {
    ui::CheckDialog dialog(&m_parts.window);
    lookForDevices(dialog, [&] {
        std::optional<int> devices;
        if (!m_parts.player.looking()) devices = static_cast<int>(m_parts.player.devices().size());
        dialog.showChecks(
            checkInstallation(m_parts.model, m_parts.library.folder(), m_parts.library.readOnly(), devices));
    });
    dialog.exec();
}

void Dialogs::checkOnFirstStart() {
    if (m_parts.settings.value("checked", false).toBool()) return;
    m_parts.settings.setValue("checked", true);
    // As if there was a sound device: the player's bar shows that it is missing, without a warning at the first start.
    const QString problems =
        problemsOf(checkInstallation(m_parts.model, m_parts.library.folder(), m_parts.library.readOnly(), 1));
    if (!problems.isEmpty())
        m_parts.window.notice().showError(problems, tr("Check the installation…"), [this] { showCheck(); });
}

void Dialogs::showAbout() {
    QMessageBox box(&m_parts.window);
    box.setWindowTitle(tr("About Noise2Music Studio"));
    box.setIconPixmap(ui::programIcon().pixmap(64));
    box.setText(tr("<b>Noise2Music Studio %1</b>").arg(QApplication::applicationVersion()));
    box.setInformativeText(
        tr("Music from words, with a cascade of diffusion models after Noise2Music (Huang et al., 2023).\n\n"
           "Model: %1\nLibrary: %2")
            .arg(m_parts.model.name, QString::fromStdString(m_parts.library.folder().string())));
    box.exec();
}

} // namespace n2m::studio
