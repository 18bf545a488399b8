#pragma once

#include <QObject>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class ClipView;
class NoticeBar;
} // namespace n2m::ui

namespace n2m::studio {

class Making;
class TakeDesk;

/// Repaint and extend: from the clip that is shown and its selection to the settings of what is made next. GUI thread.
class Repainting : public QObject {
    Q_OBJECT

public:
    /// What it works with; all must outlive it.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::ClipView& clip;
        ui::NoticeBar& notice;
        TakeDesk& desk;
        Making& making;
    };
    explicit Repainting(const Parts& parts, QObject* parent = nullptr);

    /// It was put into the queue, or is not wanted any more: what was said of it is over.
    void end();

private:
    void repaintSelection();
    void extend();
    void enableActions();

    Parts m_parts;
    int m_hint = 0; ///< the message that says how it goes on
};

} // namespace n2m::studio
