#pragma once

#include "storage/Take.h"

#include <QUndoCommand>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class MarkStore;
}

namespace n2m::studio {

/// Changes marks of takes (stars, ratings, titles, notes, tags, boards); undo restores all of them.
class MarkCommand : public QUndoCommand {
public:
    /// Calls `write`, which changes the marks of `takes`, and passes on what it throws. `text` names it for the user.
    /// `store` must outlive it; `changed` is called after each undo() and redo(), but not by the push. Pushed without a
    /// change, the command is dropped.
    MarkCommand(storage::MarkStore& store, const QString& text, const std::vector<std::int64_t>& takes,
                const std::function<void()>& write, std::function<void()> changed);

    void redo() override;
    void undo() override;

private:
    storage::MarkStore& m_store;
    std::vector<storage::Marks> m_before, m_after;
    std::function<void()> m_changed;
    bool m_isDone = true; ///< the first redo() is the push
};

} // namespace n2m::studio
