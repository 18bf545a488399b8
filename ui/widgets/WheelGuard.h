#pragma once

#include <QObject>

namespace n2m::ui {

/// Keeps the wheel from changing choices and numbers that it only passes over: they take it once they have the focus,
/// and else leave it to what scrolls around them. For all windows of the application, from its making on; one is
/// enough. GUI thread.
class WheelGuard : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace n2m::ui
