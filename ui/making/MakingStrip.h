#pragma once

#include "engine/plan/Plan.h"
#include "engine/request/Progress.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace n2m::ui {

class Actions;
class EstimatePicture;
struct SpectrogramOptions;

/// The strip below the clip: the estimate of the clip in progress, and a button to hear it. Hidden while nothing is
/// made. GUI thread.
class MakingStrip : public QFrame {
    Q_OBJECT

public:
    /// The button is the action "queue.listen". `actions` must outlive it.
    explicit MakingStrip(Actions& actions, QWidget* parent = nullptr);

    /// Shows picture and button alone, in less height.
    void setCompact(bool compact);
    void begin(const QString& prompt);
    /// Shows tempo and key of the plan.
    void showPlan(const plan::Plan& plan);
    /// Shows the progress until there is an estimate.
    void setStatus(const QString& status);
    void showEstimate(const Estimate& estimate, const SpectrogramOptions& options);
    /// While the estimate's sound is being computed, the button waits.
    void showPreparing(bool preparing);
    void end();

    const EstimatePicture& picture() const { return *m_picture; }

private:
    QAction* m_listen;
    EstimatePicture* m_picture;
    QWidget* m_side;
    QLabel *m_title, *m_text, *m_plan;
    QPushButton* m_button;
    bool m_preparing = false;
};

} // namespace n2m::ui
