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
class FactsPanel;
class HistoryModel;
class HistoryPanel;
class MainWindow;
class MakingStrip;
class ParametersPanel;
class PlayerBar;
class PromptPanel;
class QueueModel;
class QueuePanel;
class TypingWatch;
} // namespace n2m::ui

namespace n2m::studio {

class ChordController;
class DesktopNotifications;
class ExcerptWriter;
class ExportController;
class GenerationController;
class GenerationNotice;
class ImportController;
class LibraryController;
class LongTasks;
class Playback;
class Preview;
class PromptController;
class QueueController;
class RepaintController;
class Session;
class ShownClip;

/// The user's own settings, or those of another file where one is named.
std::unique_ptr<QSettings> openSettings(const QString& file);

/// The studio: makes its parts and connects them. Owns the window, the library and the engine's thread. GUI thread.
class Studio : public QObject {
    Q_OBJECT

public:
    struct Setup {
        std::filesystem::path library;
        ui::ModelFacts model;
        ui::TokenCounter tokens;
        Generate generate;       ///< called on the engine thread only
        ChooseModel chooseModel; ///< for the preferences; may be empty
        QString settingsFile;    ///< empty: the user's own
    };

    /// Throws storage::LibraryError where the library does not open.
    explicit Studio(Setup setup);
    ~Studio() override;

    ui::MainWindow& window() { return *m_window; }
    ui::Actions& actions() { return *m_actions; }
    storage::Library& library() { return *m_library; }

    /// Shows the window and starts on the queue.
    void begin();
    /// Opens sound files: shows those of the library, imports the others.
    void open(const QStringList& files);
    /// Brings the window to the front and opens these files, when the program was started again.
    void comeToFront(const QStringList& files);
    /// Shows an error that was not caught elsewhere.
    void showError(const QString& line);
    /// Shows why the chosen model cannot be used, with a button to the preferences.
    void showModelError(const QString& why);

private:
    void makeParts(const Setup& setup);
    void makePanels(const Setup& setup, QWidget& owner);
    void makeControllers(const Setup& setup);
    void connectParts();
    void connectShownClip();
    void connectPanels();
    void enableViewActions();
    void showNewTake(qlonglong take);
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
    std::unique_ptr<ui::QueueModel> m_queueModel;
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
    ui::QueuePanel* m_queuePanel = nullptr;
    ui::HistoryPanel* m_history = nullptr;
    ui::FactsPanel* m_facts = nullptr;
    std::unique_ptr<PromptController> m_prompts;
    std::unique_ptr<QueueController> m_queue;
    std::unique_ptr<GenerationController> m_generation;
    std::unique_ptr<LongTasks> m_tasks;
    std::unique_ptr<ShownClip> m_shown;
    std::unique_ptr<LibraryController> m_takes;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<Preview> m_preview;
    std::unique_ptr<ChordController> m_chords;
    std::unique_ptr<RepaintController> m_repaint;
    std::unique_ptr<ExportController> m_export;
    std::unique_ptr<ExcerptWriter> m_excerpts;
    std::unique_ptr<ImportController> m_import;
    std::unique_ptr<Dialogs> m_dialogs;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<DesktopNotifications> m_desktop;
    std::unique_ptr<GenerationNotice> m_doneNotice;
    std::unique_ptr<ui::TypingWatch> m_typing; ///< begins when a job is queued
    ui::ModelFacts m_model;
    QTimer m_look; ///< for changes by other programs
};

} // namespace n2m::studio
