#include "app/studio/TrashCommand.h"

#include "storage/TakeStore.h"

#include <QCoreApplication>

namespace n2m::studio {

TrashCommand::TrashCommand(storage::TakeStore& takes, std::vector<std::int64_t> ids, std::function<void()> changed)
    : m_takes(takes)
    , m_ids(std::move(ids))
    , m_changed(std::move(changed)) {
    setText(QCoreApplication::translate("TrashCommand", "moving to the trash"));
}

void TrashCommand::redo() {
    m_takes.trash(m_ids);
    m_changed();
}

void TrashCommand::undo() {
    m_takes.restore(m_ids);
    m_changed();
}

} // namespace n2m::studio
