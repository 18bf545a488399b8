#include "ui/widgets/EmptyState.h"

#include <QAbstractItemView>

namespace n2m::ui {

EmptyState::EmptyState(QAbstractItemView* view, const QString& text)
    : QLabel(text, view)
    , m_view(view) {
    setProperty("dimmed", true);
    setAlignment(Qt::AlignCenter);
    setWordWrap(true);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setContentsMargins(20, 8, 20, 8);
    QAbstractItemModel* model = view->model();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &EmptyState::follow);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyState::follow);
    view->installEventFilter(this);
    follow();
}

bool EmptyState::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) follow();
    return QLabel::eventFilter(watched, event);
}

void EmptyState::follow() {
    setGeometry(m_view->rect());
    setVisible(m_view->model()->rowCount() == 0);
}

} // namespace n2m::ui
