#include "app/studio/TrashCommand.h"

#include "storage/TakeFiles.h"

#include <QCoreApplication>

#include <utility>

namespace n2m::studio {

TrashCommand::TrashCommand(storage::TakeFiles& files, std::vector<std::int64_t> ids, Way way,
                           std::function<void()> changed)
    : m_files(files)
    , m_ids(std::move(ids))
    , m_way(way)
    , m_changed(std::move(changed)) {
    setText(way == Way::In ? QCoreApplication::translate("TrashCommand", "moving to the trash")
                           : QCoreApplication::translate("TrashCommand", "taking out of the trash"));
    move(way);
}

void TrashCommand::redo() {
    if (std::exchange(m_isDone, true)) return; // the push, which may not throw: the stack would lose it
    move(m_way);
    m_changed();
}

void TrashCommand::undo() {
    move(m_way == Way::In ? Way::Out : Way::In);
    m_isDone = false;
    m_changed();
}

void TrashCommand::move(Way way) {
    if (way == Way::In)
        m_files.trash(m_ids);
    else
        m_files.restore(m_ids);
}

} // namespace n2m::studio
