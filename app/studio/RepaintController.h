#pragma once

#include <QObject>

namespace n2m::ui {
class Actions;
class ClipView;
class NoticeBar;
} // namespace n2m::ui

namespace n2m::studio {

class GenerationController;
class ShownClip;

/// The commands repaint and extend: puts the settings of the shown clip and the range into the panels. GUI thread.
class RepaintController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it.
    struct Parts {
        ui::Actions& actions;
        ui::ClipView& clip;
        ui::NoticeBar& notice;
        ShownClip& shown;
        GenerationController& generation;
    };
    explicit RepaintController(const Parts& parts, QObject* parent = nullptr);

    /// Call when the repaint was queued or abandoned.
    void end();

private:
    void repaintSelection();
    void extend();
    void enableActions();

    Parts m_parts;
    int m_hint = 0; ///< number of the notice that explains the next step
};

} // namespace n2m::studio
