#include "app/studio/MarkCommand.h"

#include "storage/MarkStore.h"

namespace n2m::studio {

MarkCommand::MarkCommand(storage::MarkStore& store, const QString& text, const std::vector<std::int64_t>& takes,
                         const std::function<void()>& write, std::function<void()> changed)
    : QUndoCommand(text)
    , m_store(store)
    , m_before(store.marksOf(takes))
    , m_changed(std::move(changed)) {
    write();
    m_after = store.marksOf(takes);
}

void MarkCommand::redo() {
    if (m_isDone) return setObsolete(m_before == m_after); // the push, which may not throw: the stack would lose it
    m_store.setMarks(m_after);
    m_isDone = true;
    m_changed();
}

void MarkCommand::undo() {
    m_store.setMarks(m_before);
    m_isDone = false;
    m_changed();
}

} // namespace n2m::studio
