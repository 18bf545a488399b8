#pragma once

#include "app/studio/LongTasks.h"

#include <QDialog>

#include <exception>
#include <filesystem>
#include <memory>

namespace n2m::ui {
class TaskStrip;
}

namespace n2m::studio {

/// Rebuilds a library that does not open, and shows the progress before there is a main window. GUI thread.
class RebuildDialog : public QDialog {
    Q_OBJECT

public:
    /// Begins to rebuild.
    explicit RebuildDialog(const std::filesystem::path& library, QWidget* parent = nullptr);
    ~RebuildDialog() override;

    /// Shows the dialog until the end. False: the user has stopped it, and the library is unchanged. Throws what
    /// storage::Library::rebuild() throws.
    bool finish();

private:
    ui::TaskStrip* m_strip;
    std::unique_ptr<LongTasks> m_task;
    std::exception_ptr m_error;
};

} // namespace n2m::studio
