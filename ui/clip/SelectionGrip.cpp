#include "ui/clip/SelectionGrip.h"

#include "ui/clip/ClipView.h"
#include "ui/style/Icons.h"

#include <QClipboard>
#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace n2m::ui {
namespace {

constexpr int side = 22, margin = 4, edge = 6; // pixels; the edge stays free, as it can be dragged

QMimeData* dataOf(const QString& file) {
    auto* data = new QMimeData;
    data->setUrls({QUrl::fromLocalFile(file)});
    return data;
}

} // namespace

SelectionGrip::SelectionGrip(ClipView& view)
    : QToolButton(&view)
    , m_view(view) {
    setObjectName("selectionGrip");
    setIcon(ui::icon("grip"));
    setIconSize({14, 14});
    setFixedSize(side, side);
    setCursor(Qt::OpenHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Copy the selection as a sound file"));
    setToolTip(tr("Drag the selection into another program or a folder; with Ctrl, drag it from anywhere inside.\nA "
                  "click copies it. The file is kept in the library's folder “excerpts”."));
    connect(this, &QToolButton::clicked, this, [this] { want(Wish::Copy); });
    connect(&view.timeline(), &Timeline::viewChanged, this, &SelectionGrip::place);
    connect(&view.timeline(), &Timeline::selectionChanged, this, &SelectionGrip::place);
    place();
}

void SelectionGrip::place() {
    const Timeline& timeline = m_view.timeline();
    const audio::FrameRange selection = timeline.selection();
    const double left = timeline.toPixel(timeline.timeOf(selection.begin)),
                 right = timeline.toPixel(timeline.timeOf(selection.end));
    const bool inSight = !timeline.empty() && !selection.empty() && right > 0.0 && left < timeline.width();
    setVisible(inSight);
    if (!inSight) return;
    // A selection that is too narrow for the grip has it at its right.
    const bool fits = right - left >= side + 3 * edge;
    const double wanted = fits ? std::min<double>(right, timeline.width()) - edge - side : right + edge;
    const QRectF lane = m_view.areas().waveform;
    const double x = std::clamp(wanted, 0.0, std::max(0.0, static_cast<double>(timeline.width() - side)));
    move(qRound(lane.left() + x), qRound(lane.top()) + margin);
}

void SelectionGrip::want(Wish wish) {
    m_wish = wish;
    Q_EMIT m_view.excerptWanted(m_view.timeline().selection());
}

void SelectionGrip::drag() {
    m_view.setCursor(Qt::ClosedHandCursor);
    want(Wish::Drag);
}

void SelectionGrip::release() {
    if (m_wish == Wish::Drag) m_wish = Wish::None;
    m_view.unsetCursor();
}

void SelectionGrip::give(const QString& file) {
    const Wish wish = std::exchange(m_wish, Wish::None);
    if (file.isEmpty() || wish == Wish::None) return;
    if (wish == Wish::Copy) {
        QApplication::clipboard()->setMimeData(dataOf(file));
        Q_EMIT copied(file);
        return;
    }
    auto* drag = new QDrag(&m_view); // Qt deletes it
    drag->setMimeData(dataOf(file));
    drag->setPixmap(ui::icon("note").pixmap(32));
    drag->exec(Qt::CopyAction); // returns once it is dropped; the button's release is not reported
    setDown(false);
    m_view.unsetCursor();
}

void SelectionGrip::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->pos();
    QToolButton::mousePressEvent(event);
}

void SelectionGrip::mouseMoveEvent(QMouseEvent* event) {
    QToolButton::mouseMoveEvent(event);
    const bool far = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!(event->buttons() & Qt::LeftButton) || m_wish == Wish::Drag || !far) return;
    setDown(false); // so that the release is not a click
    drag();
}

void SelectionGrip::mouseReleaseEvent(QMouseEvent* event) {
    release();
    QToolButton::mouseReleaseEvent(event);
}

} // namespace n2m::ui
