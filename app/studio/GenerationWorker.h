#pragma once

#include "engine/Pipeline.h"
#include "storage/Job.h"
#include "storage/Take.h"

#include <QMetaType>
#include <QObject>
#include <QString>

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

Q_DECLARE_METATYPE(n2m::Progress)

namespace n2m::storage {
class JobStore;
class Library;
} // namespace n2m::storage

namespace n2m::studio {

/// What makes a clip of a request: the engine, or in tests something quick. Called on the worker's thread; reports to
/// the monitor, which may throw Cancelled.
using Generate = std::function<Generation(const Request&, Monitor&)>;

/// Works off the queue of a library, on a thread of its own: takes the next job, makes the clip, saves it, then tells.
/// One of the two borders where exceptions are caught: a job that fails is marked so, and the next one is begun.
///
/// A clip that cannot be saved, because the disk is full, say, is kept in memory with its job still running, and no
/// further job is begun: wake() tries to save it again, and cancel() before that gives it up. Should the program end,
/// the job is found as interrupted, and its seed makes the same clip.
///
/// Lives on the engine thread (moveToThread); there it opens the library a second time, because a Library belongs to
/// one thread and a running job to the Library that took it. cancel() and stop() may be called from any thread.
class GenerationWorker : public QObject {
    Q_OBJECT

public:
    GenerationWorker(std::filesystem::path library, Generate generate);
    ~GenerationWorker() override;

    /// Stops this job at its next step, if it is the one that runs.
    void cancel(std::int64_t job);
    /// Stops at the next step and takes no further job: the program ends. What ran is left as running in the library,
    /// and will be found there as interrupted.
    void stop();

public Q_SLOTS:
    /// Works until nothing waits, beginning with what could not be saved before. Call it whenever something may have
    /// been added.
    void wake();
    /// Makes a take again from its recipe and compares.
    void verify(qlonglong take);

Q_SIGNALS:
    void started(qlonglong job);
    void progressed(qlonglong job, const n2m::Progress& progress);
    /// What the running job's clip will be like; not told of a verification, nor where there is no plan.
    void planned(qlonglong job, const n2m::plan::Plan& plan);
    /// What the running job's clip is like so far; not told of a verification.
    void estimated(qlonglong job, std::shared_ptr<const n2m::Estimate> estimate);
    /// The clip is saved. One of the next three ends every job that was started.
    void finished(qlonglong job, qlonglong take);
    void failed(qlonglong job, const QString& error);
    /// The clip is made, but only in memory; the job goes on running until it is saved or cancelled.
    void saveFailed(qlonglong job, const QString& error);
    void cancelled(qlonglong job);
    /// The library cannot be worked with; what to do about it is up to the user. wake() tries again.
    void libraryFailed(const QString& error);
    /// A verification has begun; it can be cancelled as job 0. One of the next two ends it.
    void verificationStarted(qlonglong take);
    void verified(qlonglong take, const QString& verdict);
    void verificationFailed(qlonglong take, const QString& error);

private:
    class JobMonitor;
    static constexpr std::int64_t noJob = -1;
    storage::Library& library();
    /// A clip that is repainted is named relative to the library, and may have gone to the trash since, or come back.
    Request inLibrary(Request request) const;
    /// A clip that is made and not saved yet.
    struct Unsaved {
        std::int64_t job = 0;
        audio::Clip clip;
        storage::Take facts;
    };

    void run(const storage::Job& job);
    bool save();                    ///< m_unsaved; false: it is still there
    void stopped(std::int64_t job); ///< at the user's wish
    void fail(std::int64_t job, const QString& error);
    /// Notes how a job ended, and tells. It is told even where the library cannot take note, which is then thrown.
    void end(std::function<void(storage::JobStore&)> note, const std::function<void()>& tell);
    void noteEnd();
    QString compare(qlonglong take);

    std::filesystem::path m_folder;
    Generate m_generate;
    std::unique_ptr<storage::Library> m_library;
    std::optional<Unsaved> m_unsaved;
    std::function<void(storage::JobStore&)> m_note; ///< how a job ended, until the library knows
    std::atomic<std::int64_t> m_cancelled = noJob;  ///< since the last job was taken
    std::atomic<bool> m_stopping = false;
};

} // namespace n2m::studio
