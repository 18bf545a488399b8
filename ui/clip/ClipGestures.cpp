#include "ui/clip/ClipGestures.h"

#include "ui/clip/ChordEditor.h"
#include "ui/clip/ClipView.h"
#include "ui/clip/SelectionGrip.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace n2m::ui {

namespace {

constexpr double reach = 5.0;       // pixels within which an edge of the selection is taken hold of
constexpr double splitReach = 4.0;  // pixels within which the line between waveform and spectrogram is
constexpr double pull = 6.0;        // pixels within which a frame snaps to a beat
constexpr double room = 4.0 * pull; // pixels between two beats, so that frames between them can be reached

} // namespace

ClipGestures::ClipGestures(ClipView& view, SelectionGrip& grip)
    : m_view(view)
    , m_grip(grip) {
    view.setMouseTracking(true);
    view.setFocusPolicy(Qt::StrongFocus);
    view.installEventFilter(this);
}

bool ClipGestures::eventFilter(QObject* watched, QEvent* event) {
    if (watched != &m_view) return QObject::eventFilter(watched, event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseMove:
        move(static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::MouseButtonDblClick:
        doubleClick(static_cast<QMouseEvent*>(event));
        return true;
    case QEvent::Wheel:
        turnWheel(static_cast<QWheelEvent*>(event));
        return true;
    case QEvent::KeyPress:
        return pressArrow(static_cast<QKeyEvent*>(event));
    case QEvent::Leave:
        m_view.showHover(std::nullopt);
        return false;
    default:
        return false;
    }
}

double ClipGestures::lanePixel(const QMouseEvent* event) const {
    const double width = m_view.timeline().width();
    return std::clamp(event->position().x() - m_view.areas().waveform.left(), 0.0, width);
}

/// The frame at the other end of the selection, if the mouse is at one of its edges.
std::optional<std::int64_t> ClipGestures::otherEdge(double pixel) const {
    const Timeline& timeline = m_view.timeline();
    const audio::FrameRange selection = timeline.selection();
    if (selection.empty()) return std::nullopt;
    if (std::abs(timeline.toPixel(timeline.timeOf(selection.begin)) - pixel) <= reach) return selection.end;
    if (std::abs(timeline.toPixel(timeline.timeOf(selection.end)) - pixel) <= reach) return selection.begin;
    return std::nullopt;
}

bool ClipGestures::insideSelection(double pixel) const {
    const std::int64_t frame = m_view.timeline().toFrame(pixel);
    const audio::FrameRange selection = m_view.timeline().selection();
    return !selection.empty() && frame >= selection.begin && frame < selection.end && !otherEdge(pixel);
}

std::int64_t ClipGestures::snapped(std::int64_t frame, Qt::KeyboardModifiers modifiers) const {
    const auto& plan = m_view.plan();
    if (!plan || modifiers & Qt::AltModifier) return frame;
    const Timeline& timeline = m_view.timeline();
    const double beat = 60.0 / plan->bpm / timeline.secondsPerPixel(), bar = beat * plan->beatsPerBar;
    if (bar < room) return frame;
    double nearest = pull;
    std::int64_t found = frame;
    for (const plan::Beat& place : plan->beats) {
        if (beat < room && !place.downbeat) continue;
        const double away = std::abs(place.time - timeline.timeOf(frame)) / timeline.secondsPerPixel();
        if (away > nearest) continue;
        nearest = away;
        found = std::llround(place.time * timeline.sampleRate());
    }
    return std::clamp<std::int64_t>(found, 0, timeline.frames());
}

std::optional<std::size_t> ClipGestures::barAt(const QPointF& position) const {
    const double time = m_view.timeline().toTime(position.x() - m_view.areas().chords.left());
    const std::vector<PlanBar>& bars = m_view.chords().bars();
    for (std::size_t i = 0; i < bars.size(); ++i)
        if (time >= bars[i].start && time < bars[i].end) return i;
    return std::nullopt;
}

void ClipGestures::press(QMouseEvent* event) {
    m_view.chords().leave();
    Timeline& timeline = m_view.timeline();
    if (timeline.empty()) return;
    const ClipAreas& areas = m_view.areas();
    const QPointF at = event->position();
    m_start = at;
    m_dragged = false;
    m_anchorSnaps = true;
    const double pixel = lanePixel(event);
    if (event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && event->modifiers() & Qt::AltModifier)) {
        m_drag = Drag::Pan;
        m_panBegin = timeline.begin();
        m_view.setCursor(Qt::ClosedHandCursor);
    } else if (event->button() != Qt::LeftButton) {
        return;
    } else if (std::abs(at.y() - areas.spectrogram.top()) <= splitReach) {
        m_drag = Drag::Split;
    } else if (at.x() < areas.waveform.left() || at.y() > areas.spectrogram.bottom()) {
        return;
    } else if (areas.ruler.contains(at)) {
        m_drag = Drag::Loop;
        m_anchor = timeline.toFrame(pixel);
    } else if (event->modifiers() & Qt::ControlModifier && insideSelection(pixel)) {
        m_drag = Drag::Out;
    } else {
        m_drag = Drag::Select;
        beginSelection(pixel, event->modifiers());
    }
    event->accept();
}

void ClipGestures::beginSelection(double pixel, Qt::KeyboardModifiers modifiers) {
    Timeline& timeline = m_view.timeline();
    m_anchor = timeline.toFrame(pixel);
    if (const auto edge = otherEdge(pixel)) {
        m_anchor = *edge;
        m_anchorSnaps = false;
        m_dragged = true;
    } else if (modifiers & Qt::ShiftModifier) {
        const audio::FrameRange selection = timeline.selection();
        const std::int64_t playhead = std::llround(timeline.playhead() * timeline.sampleRate());
        m_anchor = selection.empty() ? playhead : m_anchor < selection.begin ? selection.end : selection.begin;
        m_anchorSnaps = false;
        m_dragged = true;
        timeline.setSelection({m_anchor, snapped(timeline.toFrame(pixel), {})});
    }
}

void ClipGestures::move(QMouseEvent* event) {
    m_view.showHover(event->position());
    if (m_drag == Drag::None) return updateCursor(event->position());
    const QPointF moved = event->position() - m_start;
    if (m_drag == Drag::Out) {
        if (m_dragged || moved.manhattanLength() < QApplication::startDragDistance()) return;
        m_dragged = true;
        m_grip.drag();
        return;
    }
    if (!m_dragged && std::abs(moved.x()) < 3.0 && m_drag != Drag::Split) return;
    m_dragged = true;
    Timeline& timeline = m_view.timeline();
    const std::int64_t frame = snapped(timeline.toFrame(lanePixel(event)), event->modifiers());
    const std::int64_t anchor = m_anchorSnaps ? snapped(m_anchor, event->modifiers()) : m_anchor;
    const audio::FrameRange range{std::min(anchor, frame), std::max(anchor, frame)};
    switch (m_drag) {
    case Drag::Select:
        timeline.setSelection(range);
        break;
    case Drag::Loop:
        timeline.setLoop(range);
        break;
    case Drag::Pan:
        timeline.scrollTo(m_panBegin - moved.x() * timeline.secondsPerPixel());
        break;
    case Drag::Split: {
        const ClipAreas& areas = m_view.areas();
        m_view.setSplit((event->position().y() - areas.waveform.top()) /
                        (areas.spectrogram.bottom() - areas.waveform.top()));
        break;
    }
    case Drag::Out:
    case Drag::None:
        break;
    }
}

void ClipGestures::release(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    Timeline& timeline = m_view.timeline();
    m_grip.release();
    updateCursor(event->position());
    if (m_dragged && drag == Drag::Select) Q_EMIT selectionDragged(timeline.selection());
    if (m_dragged || (drag != Drag::Select && drag != Drag::Loop)) return;
    // A click: the playhead goes there.
    if (drag == Drag::Select) timeline.setSelection({});
    Q_EMIT seekRequested(timeline.timeOf(timeline.toFrame(lanePixel(event))));
}

void ClipGestures::doubleClick(QMouseEvent* event) {
    const auto index = barAt(event->position());
    const ClipAreas& areas = m_view.areas();
    const QPointF at = event->position();
    if (event->button() != Qt::LeftButton || !index || at.x() < areas.chords.left() ||
        at.y() > areas.spectrogram.bottom())
        return;
    const PlanBar bar = m_view.chords().bars()[*index];
    if (areas.chords.contains(at)) {
        if (bar.number > 0) m_view.chords().open(*index);
        return;
    }
    Timeline& timeline = m_view.timeline();
    const auto frame = [&timeline](double time) -> std::int64_t { return std::llround(time * timeline.sampleRate()); };
    timeline.setSelection({frame(bar.start), frame(bar.end)});
    Q_EMIT selectionDragged(timeline.selection());
}

void ClipGestures::updateCursor(const QPointF& position) {
    const ClipAreas& areas = m_view.areas();
    if (m_view.timeline().empty())
        m_view.unsetCursor();
    else if (std::abs(position.y() - areas.spectrogram.top()) <= splitReach)
        m_view.setCursor(Qt::SplitVCursor);
    else if (position.x() >= areas.waveform.left() && position.y() < areas.spectrogram.bottom() &&
             otherEdge(position.x() - areas.waveform.left()))
        m_view.setCursor(Qt::SizeHorCursor);
    else if (areas.waveform.contains(position) || areas.spectrogram.contains(position))
        m_view.setCursor(Qt::IBeamCursor);
    else
        m_view.unsetCursor();
}

void ClipGestures::turnWheel(QWheelEvent* event) {
    Timeline& timeline = m_view.timeline();
    if (timeline.empty()) return;
    const QPointF turn =
        event->pixelDelta().isNull() ? QPointF(event->angleDelta()) : QPointF(event->pixelDelta()) * 2.0;
    // Some systems turn a wheel with Shift or Alt into a horizontal one themselves.
    const double main = turn.y() != 0.0 ? turn.y() : turn.x();
    if (event->modifiers() & Qt::ControlModifier)
        timeline.zoomAround(event->position().x() - m_view.areas().waveform.left(), std::exp2(main / 240.0));
    else
        timeline.scrollBy(-main * 0.75);
    event->accept();
    m_view.showHover(event->position());
}

bool ClipGestures::pressArrow(QKeyEvent* event) {
    Timeline& timeline = m_view.timeline();
    const bool back = event->key() == Qt::Key_Left;
    if (timeline.empty() || (!back && event->key() != Qt::Key_Right)) return false;
    // Ten pixels, or one frame where frames are pixels apart.
    const double step = std::max(10.0 * timeline.secondsPerPixel(), 1.0 / timeline.sampleRate());
    const double before = timeline.playhead();
    const double after = std::clamp(before + (back ? -step : step), 0.0, timeline.seconds());
    if (event->modifiers() & Qt::ShiftModifier) {
        // An edge of the selection that is at the playhead moves with it.
        const auto frame = [&](double time) -> std::int64_t { return std::llround(time * timeline.sampleRate()); };
        const audio::FrameRange old = timeline.selection();
        const std::int64_t fixed = old.empty() ? frame(before) : frame(before) == old.begin ? old.end : old.begin;
        timeline.setSelection({fixed, frame(after)});
    }
    Q_EMIT seekRequested(after);
    return true;
}

} // namespace n2m::ui
