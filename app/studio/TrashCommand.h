#pragma once

#include <QUndoCommand>

#include <cstdint>
#include <functional>
#include <vector>

namespace n2m::storage {
class TakeFiles;
}

namespace n2m::studio {

/// Moves takes to the trash or out of it; undo moves them back.
class TrashCommand : public QUndoCommand {
public:
    enum class Way { In, Out };

    /// Moves them at once, and passes on what that throws. `files` must outlive it; `changed` is called after each
    /// undo() and redo(), but not by the push.
    TrashCommand(storage::TakeFiles& files, std::vector<std::int64_t> ids, Way way, std::function<void()> changed);

    void redo() override;
    void undo() override;

private:
    void move(Way way);

    storage::TakeFiles& m_files;
    std::vector<std::int64_t> m_ids;
    Way m_way;
    std::function<void()> m_changed;
    bool m_isDone = true; ///< the first redo() is the push
};

} // namespace n2m::studio
