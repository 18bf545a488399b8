#pragma once

#include <QLabel>

class QAbstractItemView;

namespace n2m::ui {

/// A text over the middle of an empty list that says what to do. Follows the list's model and size. GUI thread.
class EmptyState : public QLabel {
    Q_OBJECT

public:
    /// Becomes a child of `view`, whose model must be set.
    EmptyState(QAbstractItemView* view, const QString& text);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QAbstractItemView* m_view;
};

} // namespace n2m::ui
