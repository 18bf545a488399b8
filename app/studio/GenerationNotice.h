#pragma once

#include "engine/base/Error.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>

class QSettings;
class QWidget;

namespace n2m::storage {
class Library;
}

namespace n2m::studio {

class GenerationWorker;

/// Shows a window that is hidden, minimised or behind others.
void bringToFront(QWidget& window);

/// Notifies the desktop when the last job of the queue is done, and at once when one fails. Not while the program is in
/// front, nor if the preferences forbid it. GUI thread.
class GenerationNotice : public QObject {
    Q_OBJECT

public:
    struct Parts {
        storage::Library& library;
        QWidget& window;
        const QSettings& settings;
        GenerationWorker& worker;
        std::function<bool()> idle; ///< whether no job is left to begin
        /// Shows a title and a text on the desktop.
        std::function<void(const QString&, const QString&)> show;
    };
    /// All must outlive it. Make it after the object behind `idle`, which has to get the worker's signals first.
    explicit GenerationNotice(Parts parts, QObject* parent = nullptr);

    /// The user clicked on a notification: brings the window to the front and shows the last clip.
    void answerClick();

Q_SIGNALS:
    void takeRequested(qlonglong take);

private:
    void notifyIfDone();
    void notifyOfFailure(const QString& title, const base::Message& error);
    void notify(const QString& title, const QString& text);

    Parts m_parts;
    int m_made = 0, m_failed = 0; ///< since the program was in front or the queue became empty
    qlonglong m_last = 0;         ///< the last take
    QTimer m_lull;
};

} // namespace n2m::studio
