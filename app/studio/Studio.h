#pragma once

#include "app/studio/Dialogs.h"
#include "app/studio/GenerationWorker.h"
#include "app/studio/RunTimes.h"
#include "ui/ModelFacts.h"

#include <QObject>
#include <QSettings>
#include <QThread>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <memory>

class QUndoStack;

namespace n2m::audio {
class Player;
}

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class ClipView;
class HistoryModel;
class MainWindow;
class MakingStrip;
class ParametersPanel;
class PlayerBar;
class PromptPanel;
class QueueModel;
class TypingWatch;
} // namespace n2m::ui

namespace n2m::studio {

class DesktopNotifications;
class Excerpts;
class Exporting;
class GenerationNotice;
class Importing;
class LongTasks;
class Making;
class Playback;
class Preview;
class Repainting;
class Session;
class TakeDesk;

/// The user's own settings, or those of another file where one is named.
std::unique_ptr<QSettings> openSettings(const QString& file);

/// The studio: makes the parts and ties them together. Owns the window, the library and the engine's thread.
/// GUI thread.
class Studio : public QObject {
    Q_OBJECT

public:
    struct Setup {
        std::filesystem::path library;
        ui::ModelFacts model;
        ui::TokenCounter tokens;
        Generate generate;                         ///< called on the engine thread only
        std::function<void(const Request&)> check; ///< throws std::invalid_argument for a bad request
        ChooseModel chooseModel;                   ///< for the preferences; may be empty
        QString settingsFile;                      ///< empty: the user's own
    };

    /// Throws storage::LibraryError where the library does not open.
    explicit Studio(Setup setup);
    ~Studio() override;

    ui::MainWindow& window() { return *m_window; }
    ui::Actions& actions() { return *m_actions; }
    storage::Library& library() { return *m_library; }

    /// Shows the window and begins to work off the queue.
    void begin();
    /// Sound files named on the command line: those of the library are chosen, others imported.
    void open(const QStringList& files);
    /// Somebody started the program again: the window is what he wants to see, and his files in it.
    void comeToFront(const QStringList& files);
    /// Something went wrong that nobody caught nearer by.
    void complain(const QString& line);
    /// The model that was chosen cannot be had; where another is chosen is offered.
    void complainOfModel(const QString& why);

private:
    void makeParts(const Setup& setup);
    void connectParts();
    void enableViewActions();
    void settleChords();
    void useChords(const QString& progression);
    void showMade(qlonglong take);
    void connectListening();
    void connectVerification();
    void connectFiles();
    void connectExcerpts();
    void connectDialogs();
    void connectDesktop();
    std::unique_ptr<GenerationWorker> makeWorker(const Setup& setup);
    void startWorker(std::unique_ptr<GenerationWorker> worker);
    void shutDown();

    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<storage::Library> m_library;
    std::unique_ptr<ui::Actions> m_actions;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<ui::QueueModel> m_queue;
    std::unique_ptr<ui::HistoryModel> m_historyModel;
    std::unique_ptr<audio::Player> m_player;
    RunTimes m_times;
    QThread m_thread;
    GenerationWorker* m_worker = nullptr; ///< lives on m_thread, which deletes it
    std::unique_ptr<ui::MainWindow> m_window;
    // Parts of the window, which owns them.
    ui::PromptPanel* m_prompt = nullptr;
    ui::ParametersPanel* m_parameters = nullptr;
    ui::ClipView* m_clip = nullptr;
    ui::PlayerBar* m_playerBar = nullptr;
    ui::MakingStrip* m_strip = nullptr;
    std::unique_ptr<Making> m_making;
    std::unique_ptr<LongTasks> m_tasks;
    std::unique_ptr<TakeDesk> m_desk;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<Preview> m_preview;
    std::unique_ptr<Exporting> m_exporting;
    std::unique_ptr<Excerpts> m_excerpts;
    std::unique_ptr<Importing> m_importing;
    std::unique_ptr<Dialogs> m_dialogs;
    std::unique_ptr<Repainting> m_repainting;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DesktopNotifications> m_desktop;
    std::unique_ptr<GenerationNotice> m_doneNotice;
    std::unique_ptr<ui::TypingWatch> m_typing; ///< since something was queued
    ui::ModelFacts m_model;
    bool m_chordsUsed = false; ///< chords of the clip that is shown were edited, and its settings are in the panels
    QTimer m_look;             ///< for changes by other programs
};

} // namespace n2m::studio
