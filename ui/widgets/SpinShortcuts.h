#pragma once

#include <QObject>

namespace n2m::ui {

/// Leaves Shift with a letter to the window's actions while a number field has the focus, which would swallow it.
/// Letters alone stay with the field: the user may type a unit. One serves all windows of the application. GUI thread.
class SpinShortcuts : public QObject {
    Q_OBJECT

public:
    explicit SpinShortcuts(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace n2m::ui
