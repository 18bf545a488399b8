#pragma once

#include "engine/audio/FrameRange.h"

#include <QObject>
#include <QPointF>

#include <cstdint>
#include <optional>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace n2m::ui {

class ClipView;
class SelectionGrip;

/// Mouse, wheel and arrow keys over a ClipView. They change its timeline (part in sight, selection, loop), the lanes'
/// split and the hover line, open its chord editor and ask for seeks.
///
/// Wheel with Ctrl zooms around the mouse, with Shift pans, as does a drag with the middle button or with Alt held. A
/// click asks for a seek, a drag selects, a drag in the ruler makes a loop; edges snap to near bars and beats, unless
/// Alt is pressed during the drag. A double click selects a bar, or edits its chords. A drag with Ctrl held inside the
/// selection takes it into another program. Part of the view. GUI thread.
class ClipGestures : public QObject {
    Q_OBJECT

public:
    /// Both must outlive it.
    ClipGestures(ClipView& view, SelectionGrip& grip);

    bool isDragging() const { return m_drag != Drag::None; }

Q_SIGNALS:
    void seekRequested(double seconds);
    void selectionDragged(const n2m::audio::FrameRange& range); ///< at the drag's end

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Drag { None, Select, Loop, Pan, Split, Out };

    void press(QMouseEvent* event);
    void beginSelection(double pixel, Qt::KeyboardModifiers modifiers);
    void move(QMouseEvent* event);
    void release(QMouseEvent* event);
    void doubleClick(QMouseEvent* event);
    void turnWheel(QWheelEvent* event);
    bool pressArrow(QKeyEvent* event); ///< false: another key

    void updateCursor(const QPointF& position);
    double lanePixel(const QMouseEvent* event) const; ///< from the lanes' left edge, within them
    std::optional<std::int64_t> otherEdge(double pixel) const;
    bool insideSelection(double pixel) const;
    std::int64_t snapped(std::int64_t frame, Qt::KeyboardModifiers modifiers) const;
    std::optional<std::size_t> barAt(const QPointF& position) const;

    ClipView& m_view;
    SelectionGrip& m_grip;
    Drag m_drag = Drag::None;
    QPointF m_start;            ///< of the drag
    double m_panBegin = 0.0;    ///< seconds: the timeline's begin when panning began
    std::int64_t m_anchor = 0;  ///< the frame at the fixed end of a selection or loop
    bool m_anchorSnaps = false; ///< the anchor is where the button was pressed, not an edge that existed before
    bool m_dragged = false;
};

} // namespace n2m::ui
