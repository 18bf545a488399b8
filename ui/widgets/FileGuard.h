#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QMimeData;

namespace n2m::ui {

/// The paths of dragged or copied files; empty for other data.
QStringList localFiles(const QMimeData& data);

/// Keeps text fields from taking files' addresses as text: files dropped on a field go to the window, files pasted
/// anywhere in the window are sent by pasted(). Text can still be dragged and pasted. One per window, its parent. GUI
/// thread.
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
