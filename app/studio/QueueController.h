#pragma once

#include "app/studio/GenerationWorker.h"
#include "engine/base/Error.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace n2m::storage {
class Library;
}

namespace n2m::ui {
class Actions;
class NoticeBar;
class PromptPanel;
class QueueModel;
class QueuePanel;
} // namespace n2m::ui

namespace n2m::studio {

/// Connects the library's queue with its panel and with the worker: carries out what the panel asks for, shows the
/// progress of the running job, and offers to retry what failed. GUI thread.
class QueueController : public QObject {
    Q_OBJECT

public:
    /// All must outlive it. The constructor throws storage::LibraryError where the library cannot be read.
    struct Parts {
        storage::Library& library;
        ui::Actions& actions;
        ui::PromptPanel& prompt;
        ui::QueueModel& model;
        ui::QueuePanel& panel;
        ui::NoticeBar& notice;
        GenerationWorker& worker;
    };
    explicit QueueController(const Parts& parts, QObject* parent = nullptr);

    /// At the start: offers the jobs again that ran when the last program ended, and begins the waiting ones.
    void begin();
    /// Reads the queue again; another program may have changed it.
    void refresh();
    /// Has the worker look for a job that waits.
    void wake();
    int unfinished() const; ///< number of jobs that run or wait
    /// A verification ended; its progress is shown like a job's.
    void endVerification() { end(0); }

Q_SIGNALS:
    void takeMade(qlonglong take);
    void changed(); ///< the queue was read again

private:
    using Ids = std::vector<std::int64_t>;
    void connectActions();
    void connectPanel();
    void connectWorker();
    void cancelRunning();
    void cancel(const Ids& jobs);
    void cancelAll();
    void move(const Ids& jobs, std::int64_t before);
    void start(qlonglong job);
    void showProgress(qlonglong job, const Progress& progress);
    void showFailure(qlonglong job, const base::Message& error);
    void showSaveFailure(qlonglong job, const base::Message& error);
    void showInterrupted(const Ids& jobs);
    void end(qlonglong job);

    Parts m_parts;
    std::optional<qlonglong> m_running; ///< 0: a verification
    QElapsedTimer m_runningFor;
    double m_done = 0.0; ///< share of the running job's time that is over, 0 … 1
};

/// "Spectrogram, step 3 of 24, 12 s left".
QString progressLine(const Progress& progress);

} // namespace n2m::studio
