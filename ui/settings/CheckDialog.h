#pragma once

#include <QDialog>

#include <vector>

namespace n2m::ui {

/// One thing that was looked at, and what came of it. A plain value.
struct Check {
    enum class State { Good, Warning, Bad };
    QString name;
    State state = State::Good;
    QString text; ///< what was found, and what to do about it
};

/// What the installation has and what it lacks.
class CheckDialog : public QDialog {
    Q_OBJECT

public:
    explicit CheckDialog(const std::vector<Check>& checks, QWidget* parent = nullptr);
};

} // namespace n2m::ui
