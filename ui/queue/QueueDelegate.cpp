#include "ui/queue/QueueDelegate.h"

#include "storage/Job.h"
#include "ui/queue/QueueModel.h"
#include "ui/style/Icons.h"
#include "ui/style/Theme.h"
#include "ui/widgets/ItemBackground.h"

namespace n2m::ui {
namespace {

using storage::JobState;

constexpr int margin = 8, iconSize = 16, barHeight = 5, barWidth = 150;

QIcon stateIcon(JobState state) {
    const ThemeColours& colours = themeColours();
    switch (state) {
    case JobState::Waiting:
        return icon("history", colours.dimmed);
    case JobState::Running:
        return icon("generate", colours.accent);
    case JobState::Done:
        return icon("check", colours.good);
    case JobState::Failed:
        return icon("warning", colours.bad);
    case JobState::Cancelled:
        return icon("cancel", colours.dimmed);
    case JobState::Interrupted:
        return icon("warning", colours.warning);
    }
    return {};
}

QColor statusColour(JobState state) {
    if (state == JobState::Failed) return themeColours().bad;
    if (state == JobState::Interrupted) return themeColours().warning;
    return themeColours().dimmed;
}

void paintBar(QPainter* painter, const QRect& area, double fraction) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(themeColours().line);
    painter->drawRoundedRect(area, barHeight / 2.0, barHeight / 2.0);
    if (fraction <= 0.0) return;
    QRectF done = area;
    done.setWidth(std::max<double>(barHeight, area.width() * std::min(fraction, 1.0)));
    painter->setBrush(themeColours().accent);
    painter->drawRoundedRect(done, barHeight / 2.0, barHeight / 2.0);
}

} // namespace

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto state = static_cast<JobState>(index.data(QueueModel::StateRole).toInt());
    const bool unsaved = index.data(QueueModel::UnsavedRole).toBool();
    const bool running = state == JobState::Running && !unsaved;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintItemBackground(painter, option);
    QRect area = option.rect.adjusted(margin, 0, -margin, 0);
    const QRect sign(area.left(), area.center().y() - iconSize / 2, iconSize, iconSize);
    stateIcon(unsaved ? JobState::Failed : state).paint(painter, sign);
    area.setLeft(sign.right() + margin);

    // To the right: how far it is. A third of the row, so that the prompt has room.
    const QString status = index.data(QueueModel::StatusRole).toString();
    const int statusWidth = std::min(option.fontMetrics.horizontalAdvance(status) + 1, area.width() / 2);
    QRect right = area;
    right.setLeft(area.right() - statusWidth);
    painter->setPen(statusColour(unsaved ? JobState::Failed : state));
    painter->drawText(right, Qt::AlignVCenter | Qt::AlignRight,
                      option.fontMetrics.elidedText(status, Qt::ElideRight, statusWidth));
    area.setRight(right.left() - margin);
    if (running) {
        const int width = std::min(barWidth, area.width() / 3);
        paintBar(painter, QRect(area.right() - width, area.center().y() - barHeight / 2, width, barHeight),
                 index.data(QueueModel::FractionRole).toDouble());
        area.setRight(area.right() - width - margin);
    }

    const QString seed = tr("seed %1").arg(index.data(QueueModel::SeedRole).toULongLong());
    const int seedWidth = option.fontMetrics.horizontalAdvance(seed);
    const QString prompt = index.data(QueueModel::PromptRole).toString();
    const int beside = area.width() - seedWidth - 2 * margin;
    const bool seedFits = beside >= area.width() / 2; // else the prompt has all the room
    const int promptWidth =
        std::min(option.fontMetrics.horizontalAdvance(prompt) + 1, seedFits ? beside : area.width());
    const bool live = state == JobState::Waiting || state == JobState::Running;
    painter->setPen(live ? option.palette.color(QPalette::Text) : themeColours().dimmed);
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(prompt, Qt::ElideRight, promptWidth));
    area.setLeft(area.left() + promptWidth + 2 * margin);
    if (seedFits) {
        painter->setPen(themeColours().dimmed);
        painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, seed);
    }
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {200, std::max(option.fontMetrics.height(), iconSize) + 10};
}

} // namespace n2m::ui
