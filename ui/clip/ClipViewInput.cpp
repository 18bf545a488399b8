// What the mouse and the keyboard do to a ClipView; how it looks is in ClipViewPainting.cpp, how
// chords are written into it in ClipViewChords.cpp.
#include "ui/clip/ClipView.h"

#include "ui/clip/SelectionGrip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace n2m::ui {

namespace {

constexpr double grip = 5.0;        // pixels within which an edge is taken hold of
constexpr double pull = 6.0;        // pixels within which a beat is meant rather than the place beside it
constexpr double room = 4.0 * pull; // pixels between two beats, so that there is still something beside them

} // namespace

// --- slots ---

void ClipView::zoomIn() {
    const double x = m_timeline.toPixel(m_playhead);
    m_timeline.zoomAround(x >= 0.0 && x <= m_timeline.width() ? x : 0.5 * m_timeline.width(), 2.0);
}

void ClipView::zoomOut() {
    const double x = m_timeline.toPixel(m_playhead);
    m_timeline.zoomAround(x >= 0.0 && x <= m_timeline.width() ? x : 0.5 * m_timeline.width(), 0.5);
}

void ClipView::zoomToSelection() {
    const audio::FrameRange selection = m_timeline.selection();
    if (!selection.empty()) m_timeline.showRange(m_timeline.timeOf(selection.begin), m_timeline.timeOf(selection.end));
}

void ClipView::showAll() {
    m_timeline.fit();
}

void ClipView::showNormal() {
    m_timeline.showNormal();
}

void ClipView::loopSelection() {
    const audio::FrameRange selection = m_timeline.selection();
    if (selection.empty() || m_timeline.loop() == selection)
        m_timeline.setLoop(std::nullopt);
    else
        m_timeline.setLoop(selection);
}

void ClipView::switchTake() {
    setTake(m_take == Take::B ? Take::A : Take::B);
}

void ClipView::switchDifference() {
    setTake(m_take == Take::Difference ? Take::A : Take::Difference);
}

void ClipView::selectFromPlayhead() {
    const std::int64_t frame = std::llround(m_playhead * m_timeline.sampleRate());
    const audio::FrameRange old = m_timeline.selection();
    m_timeline.setSelection({frame, !old.empty() && old.end > frame ? old.end : m_timeline.frames()});
}

void ClipView::selectToPlayhead() {
    const std::int64_t frame = std::llround(m_playhead * m_timeline.sampleRate());
    const audio::FrameRange old = m_timeline.selection();
    m_timeline.setSelection({!old.empty() && old.begin < frame ? old.begin : 0, frame});
}

void ClipView::selectNothing() {
    m_timeline.setSelection({});
}

// --- mouse ---

double ClipView::dragPixel(const QMouseEvent* event) const {
    return std::clamp(event->position().x() - m_waveformArea.left(), 0.0, static_cast<double>(m_timeline.width()));
}

/// The frame at the other end of the selection, where the mouse is at one of its edges.
std::optional<std::int64_t> ClipView::otherEdge(double pixel) const {
    const audio::FrameRange selection = m_timeline.selection();
    if (selection.empty()) return std::nullopt;
    if (std::abs(m_timeline.toPixel(m_timeline.timeOf(selection.begin)) - pixel) <= grip) return selection.end;
    if (std::abs(m_timeline.toPixel(m_timeline.timeOf(selection.end)) - pixel) <= grip) return selection.begin;
    return std::nullopt;
}

bool ClipView::insideSelection(double pixel) const {
    const std::int64_t frame = m_timeline.toFrame(pixel);
    const audio::FrameRange selection = m_timeline.selection();
    return !selection.empty() && frame >= selection.begin && frame < selection.end && !otherEdge(pixel);
}

void ClipView::giveExcerpt(const QString& file) {
    m_grip->give(file);
}

std::int64_t ClipView::snapped(std::int64_t frame, Qt::KeyboardModifiers modifiers) const {
    if (!m_plan || modifiers & Qt::AltModifier) return frame;
    const double beat = 60.0 / m_plan->bpm / m_timeline.secondsPerPixel(), bar = beat * m_plan->beatsPerBar;
    if (bar < room) return frame;
    double nearest = pull;
    std::int64_t found = frame;
    for (const plan::Beat& place : m_plan->beats) {
        if (beat < room && !place.downbeat) continue;
        const double away = std::abs(place.time - m_timeline.timeOf(frame)) / m_timeline.secondsPerPixel();
        if (away > nearest) continue;
        nearest = away;
        found = std::llround(place.time * m_timeline.sampleRate());
    }
    return std::clamp<std::int64_t>(found, 0, m_timeline.frames());
}

std::optional<std::size_t> ClipView::barAt(const QPointF& position) const {
    const double time = m_timeline.toTime(position.x() - m_chordArea.left());
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (time >= m_bars[i].start && time < m_bars[i].end) return i;
    return std::nullopt;
}

void ClipView::mousePressEvent(QMouseEvent* event) {
    if (m_editor) closeEditor(true);
    if (m_timeline.empty()) return;
    beginDrag(event);
}

void ClipView::beginDrag(QMouseEvent* event) {
    const QPointF at = event->position();
    m_dragStart = at;
    m_dragged = false;
    m_anchorSnaps = true;
    const double pixel = dragPixel(event);
    const bool split = std::abs(at.y() - m_spectrogramArea.top()) <= 4.0;
    if (event->button() == Qt::MiddleButton ||
        (event->button() == Qt::LeftButton && event->modifiers() & Qt::AltModifier)) {
        m_drag = Drag::Pan;
        m_panBegin = m_timeline.begin();
        setCursor(Qt::ClosedHandCursor);
    } else if (event->button() != Qt::LeftButton) {
        return;
    } else if (split) {
        m_drag = Drag::Split;
    } else if (at.x() < m_waveformArea.left() || at.y() > m_spectrogramArea.bottom()) {
        return;
    } else if (m_rulerArea.contains(at)) {
        m_drag = Drag::Loop;
        m_anchor = m_timeline.toFrame(pixel);
    } else if (event->modifiers() & Qt::ControlModifier && insideSelection(pixel)) {
        m_drag = Drag::Out;
    } else {
        m_drag = Drag::Select;
        m_anchor = m_timeline.toFrame(pixel);
        if (const auto edge = otherEdge(pixel)) {
            m_anchor = *edge;
            m_anchorSnaps = false;
            m_dragged = true;
        } else if (event->modifiers() & Qt::ShiftModifier) {
            const audio::FrameRange selection = m_timeline.selection();
            const std::int64_t playhead = std::llround(m_playhead * m_timeline.sampleRate());
            m_anchor = selection.empty() ? playhead : m_anchor < selection.begin ? selection.end : selection.begin;
            m_anchorSnaps = false;
            m_dragged = true;
            m_timeline.setSelection({m_anchor, snapped(m_timeline.toFrame(pixel), {})});
        }
    }
    event->accept();
}

void ClipView::mouseMoveEvent(QMouseEvent* event) {
    setHover(event->position());
    if (m_drag == Drag::None) {
        updateCursor(event->position());
        return;
    }
    if (m_drag == Drag::Out) {
        const QPointF moved = event->position() - m_dragStart;
        if (m_dragged || moved.manhattanLength() < QApplication::startDragDistance()) return;
        m_dragged = true;
        m_grip->drag();
        return;
    }
    if (!m_dragged && std::abs(event->position().x() - m_dragStart.x()) < 3.0 && m_drag != Drag::Split) return;
    m_dragged = true;
    const std::int64_t frame = snapped(m_timeline.toFrame(dragPixel(event)), event->modifiers());
    const std::int64_t anchor = m_anchorSnaps ? snapped(m_anchor, event->modifiers()) : m_anchor;
    const audio::FrameRange range{std::min(anchor, frame), std::max(anchor, frame)};
    switch (m_drag) {
    case Drag::Select:
        m_timeline.setSelection(range);
        break;
    case Drag::Loop:
        m_timeline.setLoop(range);
        break;
    case Drag::Pan:
        m_timeline.scrollTo(m_panBegin - (event->position().x() - m_dragStart.x()) * m_timeline.secondsPerPixel());
        break;
    case Drag::Split: {
        const double lanes = m_spectrogramArea.bottom() - m_waveformArea.top();
        setSplit((event->position().y() - m_waveformArea.top()) / lanes);
        break;
    }
    case Drag::Out:
    case Drag::None:
        break;
    }
}

void ClipView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(m_drag, Drag::None);
    m_grip->release();
    updateCursor(event->position());
    if (m_dragged && drag == Drag::Select) Q_EMIT selectionDragged(m_timeline.selection());
    if (m_dragged || (drag != Drag::Select && drag != Drag::Loop)) return;
    // A click: the playhead goes there.
    if (drag == Drag::Select) m_timeline.setSelection({});
    Q_EMIT seekRequested(m_timeline.timeOf(m_timeline.toFrame(dragPixel(event))));
}

void ClipView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto bar = barAt(event->position());
    const QPointF at = event->position();
    if (event->button() != Qt::LeftButton || !bar || at.x() < m_chordArea.left() || at.y() > m_spectrogramArea.bottom())
        return;
    if (m_chordArea.contains(at)) {
        if (m_bars[*bar].number > 0) openEditor(*bar);
        return;
    }
    const auto frame = [this](double time) -> std::int64_t { return std::llround(time * m_timeline.sampleRate()); };
    m_timeline.setSelection({frame(m_bars[*bar].start), frame(m_bars[*bar].end)});
    Q_EMIT selectionDragged(m_timeline.selection());
}

void ClipView::leaveEvent(QEvent* event) {
    setHover(std::nullopt);
    QWidget::leaveEvent(event);
}

void ClipView::setHover(std::optional<QPointF> position) {
    const auto line = [this](const std::optional<QPointF>& at) {
        return at && m_spectrogramArea.contains(*at)
                   ? QRect(static_cast<int>(m_spectrogramArea.left()), static_cast<int>(at->y()) - 2,
                           static_cast<int>(m_spectrogramArea.width()), 5)
                   : QRect();
    };
    update(line(m_hover));
    m_hover = m_timeline.empty() ? std::nullopt : position;
    update(line(m_hover));
    update(m_footArea.toAlignedRect());
    Q_EMIT hovered(m_hover ? readoutAt(*m_hover) : ClipReadout{});
}

void ClipView::updateCursor(const QPointF& position) {
    if (m_timeline.empty())
        unsetCursor();
    else if (std::abs(position.y() - m_spectrogramArea.top()) <= 4.0)
        setCursor(Qt::SplitVCursor);
    else if (position.x() >= m_waveformArea.left() && position.y() < m_spectrogramArea.bottom() &&
             otherEdge(position.x() - m_waveformArea.left()))
        setCursor(Qt::SizeHorCursor);
    else if (m_waveformArea.contains(position) || m_spectrogramArea.contains(position))
        setCursor(Qt::IBeamCursor);
    else
        unsetCursor();
}

void ClipView::wheelEvent(QWheelEvent* event) {
    if (m_timeline.empty()) return;
    QPointF turn = event->pixelDelta().isNull() ? QPointF(event->angleDelta()) : QPointF(event->pixelDelta()) * 2.0;
    // Some systems turn a wheel with Shift or Alt into a horizontal one themselves.
    const double main = turn.y() != 0.0 ? turn.y() : turn.x();
    if (event->modifiers() & Qt::ControlModifier)
        m_timeline.zoomAround(event->position().x() - m_waveformArea.left(), std::exp2(main / 240.0));
    else
        m_timeline.scrollBy(-main * 0.75);
    event->accept();
    setHover(event->position());
}

void ClipView::keyPressEvent(QKeyEvent* event) {
    const bool back = event->key() == Qt::Key_Left;
    if (m_timeline.empty() || (!back && event->key() != Qt::Key_Right)) {
        QWidget::keyPressEvent(event);
        return;
    }
    // Ten pixels, or one frame where frames are pixels apart.
    const double step = std::max(10.0 * m_timeline.secondsPerPixel(), 1.0 / m_timeline.sampleRate());
    const double before = m_playhead, after = std::clamp(before + (back ? -step : step), 0.0, m_timeline.seconds());
    if (event->modifiers() & Qt::ShiftModifier) {
        // The edge that the playhead stands on goes with it.
        const auto frame = [this](double time) -> std::int64_t { return std::llround(time * m_timeline.sampleRate()); };
        const audio::FrameRange old = m_timeline.selection();
        const std::int64_t fixed = old.empty() ? frame(before) : frame(before) == old.begin ? old.end : old.begin;
        m_timeline.setSelection({fixed, frame(after)});
    }
    Q_EMIT seekRequested(after);
}

} // namespace n2m::ui
