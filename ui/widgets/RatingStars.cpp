#include "ui/widgets/RatingStars.h"

#include "ui/style/Icons.h"
#include "ui/style/Theme.h"

#include <QAccessible>
#include <QPainter>

namespace n2m::ui {
namespace {

constexpr int starSize = 14;

} // namespace

RatingStars::RatingStars(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Rating"));
}

void RatingStars::setRating(int rating) {
    m_rating = rating;
    setAccessibleDescription(tr("%1 of 5").arg(rating));
    update();
}

QSize RatingStars::sizeFor(int size) {
    return {count * (size + 2), size};
}

QSize RatingStars::sizeHint() const {
    return sizeFor(starSize) + QSize(0, 8);
}

QRect RatingStars::area() const {
    const QSize size = sizeFor(starSize);
    return {QPoint(0, (height() - size.height()) / 2), size};
}

void RatingStars::paint(QPainter* painter, const QRect& area, int rating, bool showEmpty) {
    const int size = area.height();
    const QIcon filled = icon("star-filled", themeColours().star), empty = icon("star", themeColours().dimmed);
    for (int star = 0; star < count; ++star) {
        const QRect place(area.left() + star * (size + 2), area.top(), size, size);
        if (star < rating)
            filled.paint(painter, place);
        else if (showEmpty)
            empty.paint(painter, place);
    }
}

int RatingStars::starAt(const QRect& area, int x) {
    if (x < area.left() || x > area.right()) return 0;
    return (x - area.left()) / (area.height() + 2) + 1;
}

void RatingStars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(&painter, area(), m_rating, true);
    if (!hasFocus()) return;
    painter.setPen(themeColours().accent);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void RatingStars::mousePressEvent(QMouseEvent* event) {
    const int star = starAt(area(), event->position().toPoint().x());
    if (star > 0) Q_EMIT chosen(star == m_rating ? 0 : star);
}

void RatingStars::keyPressEvent(QKeyEvent* event) {
    int rating = m_rating;
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Up) ++rating;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Down) --rating;
    if (rating == m_rating) return QWidget::keyPressEvent(event);
    Q_EMIT chosen(std::clamp(rating, 0, count));
}

} // namespace n2m::ui
