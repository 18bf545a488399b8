#pragma once

#include <QObject>

namespace n2m::ui {

/// Keeps the wheel from changing boxes and numbers that it passes over: without the focus, they leave it to the area
/// that scrolls. One serves all windows of the application. GUI thread.
class WheelGuard : public QObject {
    Q_OBJECT

public:
    explicit WheelGuard(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace n2m::ui
