#pragma once

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

/// Tells who works elsewhere that what was asked for is done: the desktop, when the last job of the queue is over, and
/// at once when one fails. Nothing while the program is in front, and nothing if the preferences say so. GUI thread.
class GenerationNotice : public QObject {
    Q_OBJECT

public:
    struct Parts {
        storage::Library& library;
        QWidget& window;
        const QSettings& settings;
        GenerationWorker& worker;
        std::function<bool()> idle; ///< no job is left to be begun
        /// Shows a title and a text outside of the window.
        std::function<void(const QString&, const QString&)> show;
    };
    /// All must outlive it. To be made after whoever answers `idle`, as both hear of the worker.
    explicit GenerationNotice(Parts parts, QObject* parent = nullptr);

    /// The user wants to see what he was told of.
    void bringToFront();

Q_SIGNALS:
    void takeWanted(qlonglong take);

private:
    void tellIfDone();
    void tellOfFailure(const QString& title, const QString& error);
    void tell(const QString& title, const QString& text);

    Parts m_parts;
    int m_made = 0, m_failed = 0; ///< since the program was in front, or the last queue was done
    qlonglong m_last = 0;
    QTimer m_lull;
};

} // namespace n2m::studio
