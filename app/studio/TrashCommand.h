#pragma once

#include <QUndoCommand>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class TakeStore;
}

namespace n2m::studio {

/// Moves takes to the trash, and back when it is undone.
class TrashCommand : public QUndoCommand {
public:
    /// `takes` must outlive it; `changed` is called after each change.
    TrashCommand(storage::TakeStore& takes, std::vector<std::int64_t> ids, std::function<void()> changed);

    void redo() override;
    void undo() override;

private:
    storage::TakeStore& m_takes;
    std::vector<std::int64_t> m_ids;
    std::function<void()> m_changed;
};

} // namespace n2m::studio
