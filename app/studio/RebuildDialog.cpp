#include "app/studio/RebuildDialog.h"

#include "storage/Library.h"
#include "ui/window/TaskStrip.h"

namespace n2m::studio {

RebuildDialog::RebuildDialog(const std::filesystem::path& library, QWidget* parent)
    : QDialog(parent)
    , m_strip(new ui::TaskStrip)
    , m_task(std::make_unique<LongTasks>(*m_strip)) {
    setWindowTitle(tr("Rebuilding the library"));
    setMinimumSize(560, 60);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_strip);
    m_task->start(windowTitle(), [this, library](LongTasks::Steps& steps) -> LongTasks::Report {
        try {
            storage::Library::rebuild(library, [&steps](std::size_t done, std::size_t of) { steps.watch(done, of); });
            return [this] { accept(); };
        } catch (const LongTasks::TaskStopped&) {
            return [this] { reject(); };
        } catch (...) {
            return [this, error = std::current_exception()] {
                m_error = error;
                reject();
            };
        }
    });
}

RebuildDialog::~RebuildDialog() {
    m_task.reset(); // before the strip: it waits for its current file, and shows that there
}

bool RebuildDialog::finish() {
    const bool rebuilt = exec() == QDialog::Accepted;
    if (m_error) std::rethrow_exception(m_error);
    return rebuilt;
}

} // namespace n2m::studio
