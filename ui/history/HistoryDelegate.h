#pragma once

#include <QStyledItemDelegate>

namespace n2m::ui {

/// A clip in the history: title or prompt, facts, star and rating, the last two to be clicked.
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

    /// Where a row's star and its five of the rating are.
    static QRect starArea(const QStyleOptionViewItem& option);
    static QRect ratingArea(const QStyleOptionViewItem& option);

Q_SIGNALS:
    void starClicked(qlonglong take, bool starred);
    void ratingClicked(qlonglong take, int rating);
};

} // namespace n2m::ui
