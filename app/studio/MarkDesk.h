#pragma once

#include "storage/Take.h"

#include <QObject>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class TakeStore;
}

class QUndoStack;

namespace n2m::ui {
class Actions;
class FactsPanel;
class HistoryPanel;
class MainWindow;
} // namespace n2m::ui

namespace n2m::studio {

/// What the user says about clips: stars, ratings, titles, notes, tags; by keys and menus about all that are selected.
/// All of it can be undone. GUI thread.
class MarkDesk : public QObject {
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts {
        storage::TakeStore& takes;
        ui::Actions& actions;
        ui::HistoryPanel& history;
        ui::FactsPanel& facts;
        ui::MainWindow& window;
        QUndoStack& undo;
        std::function<std::vector<std::int64_t>()> subject; ///< which clips a command is about
    };
    explicit MarkDesk(const Parts& parts, QObject* parent = nullptr);

    /// Has `write` change the marks of `takes`, so that it can be undone as `text`. What it throws is passed on.
    void change(const QString& text, const std::vector<std::int64_t>& takes, const std::function<void()>& write);

Q_SIGNALS:
    void changed(); ///< no more than the marks of takes

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
