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

/// The clip that is being made, under the one that is shown: what it looks like so far, and a button to hear that.
/// Hidden while nothing is made. GUI thread.
class MakingStrip : public QFrame {
    Q_OBJECT

public:
    /// The button is the action "queue.listen". `actions` must outlive it.
    explicit MakingStrip(Actions& actions, QWidget* parent = nullptr);

    /// The picture and the button alone, lower.
    void setCompact(bool compact);
    void begin(const QString& prompt);
    /// Tempo and key that it will have.
    void showPlan(const plan::Plan& plan);
    /// Where the work is, as long as there is nothing to be seen.
    void setStatus(const QString& status);
    void showEstimate(const Estimate& estimate, const SpectrogramOptions& options);
    /// The sound of the estimate is being computed.
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
