#pragma once

#include "storage/Take.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class Library;
}

class QUndoStack;

namespace n2m::ui {
class Actions;
class FactsPanel;
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

/// The commands about marks: stars, ratings, titles, notes, tags; keys and menus change those of all selected clips.
/// All of it can be undone. GUI thread.
class MarkController : public QObject {
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
        std::function<std::vector<std::int64_t>()> subject; ///< the clips that a command is about
    };
    explicit MarkController(const Parts& parts, QObject* parent = nullptr);

    /// Calls `write`, which changes the marks of `takes`; it can be undone under the name `text`. Passes on what it
    /// throws.
    void change(const QString& text, const std::vector<std::int64_t>& takes, const std::function<void()>& write);

Q_SIGNALS:
    void changed(); ///< marks of takes

private:
    void connectPanels();
    void connectActions();
    void toggleStar();
    void star(const std::vector<std::int64_t>& takes, bool starred);
    void rate(const std::vector<std::int64_t>& takes, int rating);
    void askForTags();

    Parts m_parts;
};

} // namespace n2m::studio
