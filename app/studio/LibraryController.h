#pragma once

#include "app/studio/TrashCommand.h"

#include <QObject>

#include <cstdint>
#include <vector>

class QUndoStack;

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class FactsPanel;
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

class LongTasks;
class ShownClip;

/// The commands about clips of the library: to the trash and back, marks, boards, undo, showing in the folder. GUI
/// thread.
class LibraryController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::HistoryPanel& history;
        ui::FactsPanel& facts;
        ui::MainWindow& window;
        QUndoStack& undo;
        LongTasks& tasks;
        ShownClip& shown;
    };
    explicit LibraryController(const Parts& parts, QObject* parent = nullptr);

    /// The takes that the next command is about: those selected in the history, else the one shown.
    std::vector<std::int64_t> subject() const;

Q_SIGNALS:
    void exportRequested(const std::vector<std::int64_t>& takes);
    void scoreExportRequested(const std::vector<std::int64_t>& takes);

private:
    void makeMarksAndBoards();
    void connectActions();
    void connectUndo();
    void enableActions();
    void trash();
    void restore();
    void move(const std::vector<std::int64_t>& takes, TrashCommand::Way way);
    void showMoved(const std::vector<std::int64_t>& takes);
    bool confirmDeletion(std::size_t clips);
    void emptyTrash();
    void showInFolder();

    Parts m_parts;
    int m_trashNotice = 0; ///< number of the notice that offers to undo
};

} // namespace n2m::studio
