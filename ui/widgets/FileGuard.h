#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QMimeData;

namespace n2m::ui {

/// The paths of the files that are dragged or were copied; none where it is something else.
QStringList localFiles(const QMimeData& data);

/// Keeps text fields from taking the addresses of files as text: those that are dropped on one are left to the window
/// under it, those that are pasted anywhere in a window are told of. Words can still be dragged and pasted. One for a
/// window, its parent. GUI thread.
class FileGuard : public QObject {
    Q_OBJECT

public:
    explicit FileGuard(QWidget* window);
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void pasted(const QStringList& files);

private:
    bool paste();
    void takePasteOf(QMenu& menu);

    QWidget* m_window;
};

} // namespace n2m::ui
