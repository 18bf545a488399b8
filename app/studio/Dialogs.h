#pragma once

#include "ui/ModelFacts.h"
#include "ui/settings/Preferences.h"

#include <QObject>
#include <QSettings>

#include <functional>

class QDialog;

namespace n2m::audio {
class Player;
}

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

/// The facts about a chosen model that the window needs.
struct ChosenModel {
    ui::ModelFacts facts;
    ui::TokenCounter tokens;
};
/// Uses another bundle or device from the next clip on. Throws base::Failure or base::InvalidInput, and changes nothing
/// then.
using ChooseModel = std::function<ChosenModel(const ui::Preferences&)>;

/// The dialogs of the whole program: preferences, shortcuts, the check of the installation, about. GUI thread.
class Dialogs : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        ui::Actions& actions;
        ui::MainWindow& window;
        storage::Library& library;
        audio::Player& player;
        QSettings& settings;
        ui::ModelFacts& model;
        ChooseModel chooseModel; ///< empty: the model is fixed
        bool ownSettings;        ///< the settings are the user's own, not those of --settings
    };
    explicit Dialogs(const Parts& parts, QObject* parent = nullptr);

    /// Checks the installation at the first start, and shows the problems.
    void checkOnFirstStart();
    /// Applies and saves preferences. A model that cannot be used stays as before, and the user is told.
    void apply(const ui::Preferences& preferences);
    static void chooseSound(audio::Player& player, const ui::Preferences& preferences);

public Q_SLOTS:
    void showPreferences();

Q_SIGNALS:
    void modelChosen(const n2m::ui::TokenCounter& tokens);
    void completionChosen(bool complete);

private:
    /// Makes the chosen library the default of the command line, too.
    void shareLibraryFolder(const ui::Preferences& preferences);
    /// Looks for sound devices; calls `show` now and again at the end of the search, while the dialog is open.
    void lookForDevices(QDialog& dialog, const std::function<void()>& show);
    void showShortcuts();
    void showCheck();
    void showAbout();

    Parts m_parts;
};

} // namespace n2m::studio
