#include "ui/widgets/FileDropGuard.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>

namespace n2m::ui {
namespace {

bool holdsFiles(const QMimeData* data) {
    const QList<QUrl> urls = data->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

} // namespace

FileDropGuard::FileDropGuard(QObject* parent)
    : QObject(parent) {
    qApp->installEventFilter(this);
}

bool FileDropGuard::eventFilter(QObject* watched, QEvent* event) {
    // Who ignores this one is asked nothing more: the next that wants it is looked for among the parents.
    if (event->type() != QEvent::DragEnter) return false;
    // The viewport is what a text of several lines is dragged over.
    const bool field = qobject_cast<QLineEdit*>(watched) || qobject_cast<QPlainTextEdit*>(watched->parent());
    if (!field || !holdsFiles(static_cast<QDropEvent*>(event)->mimeData())) return false;
    event->ignore();
    return true;
}

} // namespace n2m::ui
