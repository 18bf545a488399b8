#pragma once

#include <QStyledItemDelegate>

namespace n2m::ui {

/// Paints a clip of the history: title or prompt, facts, star and rating; star and rating can be clicked. GUI thread.
class HistoryDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

    /// The areas of a row's star and of its rating's five stars.
    static QRect starArea(const QStyleOptionViewItem& option);
    static QRect ratingArea(const QStyleOptionViewItem& option);

Q_SIGNALS:
    void starClicked(qlonglong take, bool starred);
    void ratingClicked(qlonglong take, int rating);
};

} // namespace n2m::ui
