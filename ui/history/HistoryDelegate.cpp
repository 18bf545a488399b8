#include "ui/history/HistoryDelegate.h"

#include "ui/history/HistoryModel.h"
#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/ItemBackground.h"
#include "ui/widgets/RatingStars.h"

#include <QDateTime>
#include <QTextLayout>

namespace n2m::ui {
namespace {

constexpr int margin = 10, vertical = 7, starSize = 16, ratingSize = 10;

/// Draws a text in two lines, the second one cut with an ellipsis.
void drawTwoLines(QPainter* painter, const QRect& area, const QString& text, const QFont& font) {
    const QFontMetrics metrics(font);
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (int line = 0; line < 2; ++line) {
        QTextLine textLine = layout.createLine();
        if (!textLine.isValid()) break;
        textLine.setLineWidth(area.width());
        const int top = area.top() + line * metrics.lineSpacing();
        const bool last = line == 1;
        const QString shown = last ? metrics.elidedText(text.mid(textLine.textStart()), Qt::ElideRight, area.width())
                                   : text.mid(textLine.textStart(), textLine.textLength());
        painter->drawText(area.left(), top + metrics.ascent(), shown);
    }
    layout.endLayout();
}

QString when(const QDateTime& created) {
    const QDateTime local = created.toLocalTime();
    if (local.date() == QDate::currentDate()) return QLocale().toString(local.time(), QStringLiteral("HH:mm"));
    return QLocale().toString(local.date(), QLocale::ShortFormat);
}

} // namespace

QRect HistoryDelegate::starArea(const QStyleOptionViewItem& option) {
    return {option.rect.right() - margin - starSize + 1, option.rect.top() + vertical, starSize, starSize};
}

QRect HistoryDelegate::ratingArea(const QStyleOptionViewItem& option) {
    const QSize size = RatingStars::sizeFor(ratingSize);
    const int line = option.fontMetrics.height();
    return {option.rect.right() - margin - size.width() + 3,
            option.rect.bottom() - vertical - (line + size.height()) / 2 + 1, size.width(), size.height()};
}

void HistoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const bool live = option.state & (QStyle::State_MouseOver | QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintItemBackground(painter, option);
    painter->setFont(option.font);

    const QRect star = starArea(option);
    const bool starred = index.data(HistoryModel::StarredRole).toBool();
    if (starred)
        icon("star-filled", themeColours().star).paint(painter, star);
    else if (live)
        icon("star", themeColours().dimmed).paint(painter, star);

    QRect title = option.rect.adjusted(margin, vertical, 0, 0);
    title.setRight(star.left() - 8);
    painter->setPen(option.palette.color(QPalette::Text));
    drawTwoLines(painter, title, index.data(HistoryModel::TitleRole).toString(), option.font);

    const int line = option.fontMetrics.height();
    QRect facts(option.rect.left() + margin, option.rect.bottom() - vertical - line + 1, 0, line);
    const int rating = index.data(HistoryModel::RatingRole).toInt();
    const QRect stars = ratingArea(option);
    if (rating > 0 || live) RatingStars::paint(painter, stars, rating, live);
    facts.setRight(stars.left() - 6);
    painter->setPen(themeColours().dimmed);
    QStringList known{index.data(HistoryModel::FactsRole).toString()};
    if (const QDateTime created = index.data(HistoryModel::CreatedRole).toDateTime(); created.isValid())
        known << when(created);
    painter->drawText(facts, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(known.join(QStringLiteral(" · ")), Qt::ElideRight, facts.width()));

    painter->setPen(themeColours().line);
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

QSize HistoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {200, 2 * option.fontMetrics.lineSpacing() + option.fontMetrics.height() + 2 * vertical + 4};
}

bool HistoryDelegate::editorEvent(QEvent* event, QAbstractItemModel*, const QStyleOptionViewItem& option,
                                  const QModelIndex& index) {
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease &&
        event->type() != QEvent::MouseButtonDblClick)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const QPoint place = mouse->position().toPoint();
    const QRect star = starArea(option).adjusted(-4, -4, 4, 4), rating = ratingArea(option).adjusted(0, -4, 0, 4);
    if (mouse->button() != Qt::LeftButton || !(star.contains(place) || rating.contains(place))) return false;
    if (event->type() != QEvent::MouseButtonRelease) return true; // so that it neither drags nor opens
    const qlonglong id = index.data(HistoryModel::IdRole).toLongLong();
    if (star.contains(place)) {
        Q_EMIT starClicked(id, !index.data(HistoryModel::StarredRole).toBool());
    } else if (const int chosen = RatingStars::starAt(ratingArea(option), place.x()); chosen > 0) {
        Q_EMIT ratingClicked(id, chosen == index.data(HistoryModel::RatingRole).toInt() ? 0 : chosen);
    }
    return true;
}

} // namespace n2m::ui
