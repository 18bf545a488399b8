#pragma once

#include <QObject>

namespace n2m::ui {

/// Leaves files that are dropped on a text field to the window under it: the field would take their addresses as text.
/// Words can still be dragged into it. For all windows of the application, from its making on; one is enough. GUI
/// thread.
class FileDropGuard : public QObject {
    Q_OBJECT

public:
    explicit FileDropGuard(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace n2m::ui
