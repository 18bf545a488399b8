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

/// A model that was chosen, as the window needs it.
struct ChosenModel {
    ui::ModelFacts facts;
    ui::TokenCounter tokens;
};
/// Another bundle or device is to be used from the next clip on. Throws std::runtime_error or std::invalid_argument,
/// one line, and changes nothing then.
using ChooseModel = std::function<ChosenModel(const ui::Preferences&)>;

/// Preferences, shortcuts, the check of the installation, about: the dialogs of the whole program. GUI thread.
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
        ChooseModel chooseModel; ///< may be empty: there is no choice
        bool ownSettings;        ///< the user's own, not another file's
    };
    explicit Dialogs(const Parts& parts, QObject* parent = nullptr);

    /// At the first start, if something is missing or short.
    void checkOnFirstStart();
    /// Takes preferences over; what cannot be is said, and left as it was.
    void apply(const ui::Preferences& preferences);
    static void chooseSound(audio::Player& player, const ui::Preferences& preferences);

public Q_SLOTS:
    void showPreferences();

Q_SIGNALS:
    void modelChosen(const n2m::ui::TokenCounter& tokens);

private:
    /// The library that was chosen is the command line's too.
    void tellOthers(const ui::Preferences& preferences);
    /// Looks for sound devices and calls `show` now and once the look is over, while the dialog is there.
    void lookForDevices(QDialog& dialog, const std::function<void()>& show);
    void showShortcuts();
    void showCheck();
    void showAbout();

    Parts m_parts;
};

} // namespace n2m::studio
