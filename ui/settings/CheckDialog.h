#pragma once

#include <QDialog>

#include <vector>

class QGridLayout;
class QLabel;

namespace n2m::ui {

/// One thing that was looked at, and what came of it. A plain value.
struct Check {
    enum class State { Good, Looking, Warning, Bad };
    QString name;
    State state = State::Good;
    QString text; ///< what was found, and what to do about it
};

/// What the installation has and what it lacks.
class CheckDialog : public QDialog {
    Q_OBJECT

public:
    explicit CheckDialog(QWidget* parent = nullptr);

    /// Instead of those shown before.
    void showChecks(const std::vector<Check>& checks);

private:
    QLabel* m_heading;
    QGridLayout* m_grid;
};

} // namespace n2m::ui
