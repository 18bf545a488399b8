#pragma once

#include <QLabel>

class QAbstractItemView;

namespace n2m::ui {

/// What a list shows while it is empty: a text over its middle that says what to do. Follows the list's model and size.
class EmptyState : public QLabel {
    Q_OBJECT

public:
    /// A child of `view`, whose model must be set.
    EmptyState(QAbstractItemView* view, const QString& text);

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow();

    QAbstractItemView* m_view;
};

} // namespace n2m::ui
