#pragma once

#include <QStyledItemDelegate>

namespace n2m::ui {

/// A row of the queue: a sign for its state, prompt and seed, and how far it is.
class QueueDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace n2m::ui
