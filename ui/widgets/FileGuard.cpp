#include "ui/widgets/FileGuard.h"

#include <QClipboard>
#include <QDropEvent>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QUrl>

namespace n2m::ui {

QStringList localFiles(const QMimeData& data) {
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile()) files << url.toLocalFile();
    return files;
}

namespace {

QStringList copiedFiles() {
    const QMimeData* copied = QApplication::clipboard()->mimeData(); // null if nothing was ever copied
    return copied ? localFiles(*copied) : QStringList();
}

} // namespace

FileGuard::FileGuard(QWidget* window)
    : QObject(window)
    , m_window(window) {
    qApp->installEventFilter(this);
}

bool FileGuard::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::DragEnter: {
        // After an ignored DragEnter, Qt asks the widget's parents. Over a field of several lines, the widget is its
        // viewport.
        const bool field = qobject_cast<QLineEdit*>(watched) || qobject_cast<QPlainTextEdit*>(watched->parent());
        if (!field || localFiles(*static_cast<QDropEvent*>(event)->mimeData()).isEmpty()) return false;
        event->ignore();
        return true;
    }
    case QEvent::KeyPress:
        if (!static_cast<QKeyEvent*>(event)->matches(QKeySequence::Paste)) return false;
        if (auto* widget = qobject_cast<QWidget*>(watched); widget && widget->window() == m_window) return paste();
        return false;
    case QEvent::Show:
        if (auto* menu = qobject_cast<QMenu*>(watched); menu && QApplication::activeWindow() == m_window)
            takePasteOf(*menu);
        return false;
    default:
        return false;
    }
}

bool FileGuard::paste() {
    const QStringList files = copiedFiles();
    if (files.isEmpty()) return false;
    Q_EMIT pasted(files);
    return true;
}

void FileGuard::takePasteOf(QMenu& menu) {
    if (copiedFiles().isEmpty()) return;
    // Only some text fields name their Paste action, but all have its key in the text.
    const QString key = QLatin1Char('\t') + QKeySequence(QKeySequence::Paste).toString(QKeySequence::NativeText);
    for (QAction* action : menu.actions()) {
        if (!action->text().endsWith(key)) continue;
        action->disconnect(SIGNAL(triggered(bool)));
        connect(action, &QAction::triggered, this, &FileGuard::paste);
    }
}

} // namespace n2m::ui
