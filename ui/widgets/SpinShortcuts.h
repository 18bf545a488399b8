#pragma once

#include <QObject>

namespace n2m::ui {

/// Where a number has the focus, leaves Shift with a letter to the window's actions: no number has such a letter, and
/// else the field swallows it. Letters alone stay with the field, as who writes a unit behind a number means no action.
/// For all windows of the application, from its making on; one is enough. GUI thread.
class SpinShortcuts : public QObject {
    Q_OBJECT

public:
    explicit SpinShortcuts(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace n2m::ui
