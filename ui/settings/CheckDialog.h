#pragma once

#include <QDialog>

#include <vector>

class QGridLayout;
class QLabel;

namespace n2m::ui {

/// One check of the installation and its result. A plain value.
struct Check {
    enum class State { Good, Looking, Warning, Bad };
    QString name;
    State state = State::Good;
    QString text; ///< the finding, and what to do about it
};

/// Shows the checks of the installation. GUI thread.
class CheckDialog : public QDialog {
    Q_OBJECT

public:
    explicit CheckDialog(QWidget* parent = nullptr);

    /// Replaces the checks shown before.
    void showChecks(const std::vector<Check>& checks);

private:
    QLabel* m_heading;
    QGridLayout* m_grid;
};

} // namespace n2m::ui
