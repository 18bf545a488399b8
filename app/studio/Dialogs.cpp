#include "app/studio/Dialogs.h"

#include "app/studio/Checks.h"
#include "engine/audio/Player.h"
#include "storage/Library.h"
#include "ui/Messages.h"
#include "ui/keys/Actions.h"
#include "ui/keys/ShortcutsDialog.h"
#include "ui/settings/CheckDialog.h"
#include "ui/settings/PreferencesDialog.h"
#include "ui/style/Icons.h"
#include "ui/window/MainWindow.h"
#include "ui/window/NoticeBar.h"

#include <QApplication>
#include <QMessageBox>

namespace n2m::studio {

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
    tellOthers(ui::Preferences::load(m_parts.settings));
}

void Dialogs::tellOthers(const ui::Preferences& preferences) {
    if (!m_parts.ownSettings) return;
    try { // `noise2music generate --library` looks there
        storage::Library::setDefaultFolder(preferences.library.toStdString());
    } catch (const std::exception& error) {
        m_parts.window.notice().showError(ui::inUsersLanguage(error.what()));
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

std::vector<audio::SoundDevice> Dialogs::soundDevices() {
    if (!m_parts.player.playing()) m_parts.player.lookForDevices(); // there may be new ones since the start
    return m_parts.player.devices();
}

void Dialogs::showPreferences() {
    ui::PreferencesDialog dialog(ui::Preferences::load(m_parts.settings), soundDevices(),
                                 QString::fromStdString(m_parts.library.folder().string()), &m_parts.window);
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
        } catch (const std::exception& error) { // what the user chose cannot be had; the rest of it can
            preferences.bundle = before.bundle;
            preferences.device = before.device;
            m_parts.window.notice().showError(
                tr("The model stays as it was: %1").arg(ui::inUsersLanguage(error.what())));
        }
    }
    preferences.save(m_parts.settings);
    tellOthers(preferences);
    if (preferences.theme != before.theme) ui::applyTheme(*qApp, preferences.theme);
    chooseSound(m_parts.player, preferences);
    const bool library = preferences.library != before.library, language = preferences.language != before.language;
    if (library && language)
        m_parts.window.notice().showResult(
            tr("The other library and the other language take effect when the program is started again."));
    else if (library)
        m_parts.window.notice().showResult(tr("The other library is opened when the program is started again."));
    else if (language)
        m_parts.window.notice().showResult(tr("The other language is spoken when the program is started again."));
}

void Dialogs::showShortcuts() {
    ui::ShortcutsDialog dialog(m_parts.actions,
                               QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &m_parts.window);
    dialog.exec();
    m_parts.actions.save(m_parts.settings);
}

void Dialogs::showCheck() {
    ui::CheckDialog dialog(checkInstallation(m_parts.model, m_parts.library.folder(), m_parts.library.readOnly(),
                                             static_cast<int>(soundDevices().size())),
                           &m_parts.window);
    dialog.exec();
}

void Dialogs::checkOnFirstStart() {
    if (m_parts.settings.value("checked", false).toBool()) return;
    m_parts.settings.setValue("checked", true);
    // A missing sound device is said by the player's bar, and is no reason to greet somebody with a warning.
    const QString complaint =
        complaintOf(checkInstallation(m_parts.model, m_parts.library.folder(), m_parts.library.readOnly(), 1));
    if (!complaint.isEmpty())
        m_parts.window.notice().showError(complaint, tr("Check the installation…"), [this] { showCheck(); });
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
