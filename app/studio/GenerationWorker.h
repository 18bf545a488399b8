#pragma once

#include "engine/Pipeline.h"
#include "engine/base/Error.h"
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

/// Makes a clip of a request: the engine, or something quick in tests. Called on the worker's thread; reports to the
/// monitor, which may throw Cancelled.
using Generate = std::function<Generation(const Request&, Monitor&)>;

/// Works off the queue of a library, on a thread of its own: takes the next job, makes the clip, saves it, reports.
/// Exceptions end here: a job that fails is marked as failed, and the next one begins.
///
/// A clip that cannot be saved, for example because the disk is full, is kept in memory, its job goes on running, and
/// no other job begins: wake() saves it again; cancel() before that gives it up. If the program ends, the next one
/// finds the job interrupted, and its seed makes the same clip.
///
/// Lives on the engine thread (moveToThread); there it opens the library a second time, because a Library belongs to
/// one thread and a running job to the Library that took it. cancel() and stop() may be called from any thread.
class GenerationWorker : public QObject {
    Q_OBJECT

public:
    GenerationWorker(std::filesystem::path library, Generate generate);
    ~GenerationWorker() override;

    /// Stops this job at its next step, if it is running. 0: the verification.
    void cancel(std::int64_t job);
    /// For the end of the program: stops at the next step and takes no further job. The running job stays marked as
    /// running in the library; the next program finds it interrupted.
    void stop();

public Q_SLOTS:
    /// Saves the clip that could not be saved before, then works until no job waits. Call it after adding jobs.
    void wake();
    /// Makes a take again from its recipe and compares the two.
    void verify(qlonglong take);

Q_SIGNALS:
    void started(qlonglong job);
    void progressed(qlonglong job, const n2m::Progress& progress);
    /// The plan of the running job's clip, if it has one; not emitted for a verification.
    void planned(qlonglong job, const n2m::plan::Plan& plan);
    /// The running job's clip as far as it is made; not emitted for a verification.
    void estimated(qlonglong job, std::shared_ptr<const n2m::Estimate> estimate);
    /// The clip is saved. Every job that was started ends with finished(), failed() or cancelled().
    void finished(qlonglong job, qlonglong take);
    void failed(qlonglong job, const n2m::base::Message& error);
    /// The clip is made, but only in memory; the job goes on running until the clip is saved or the job cancelled.
    void saveFailed(qlonglong job, const n2m::base::Message& error);
    void cancelled(qlonglong job);
    /// The library cannot be read or written. wake() tries again.
    void libraryFailed(const n2m::base::Message& error);
    /// A verification has begun; it can be cancelled as job 0. One of the next two ends it.
    void verificationStarted(qlonglong take);
    void verified(qlonglong take, const QString& verdict);
    void verificationFailed(qlonglong take, const n2m::base::Message& error);

private:
    class JobMonitor;
    static constexpr std::int64_t noJob = -1;
    storage::Library& library();
    /// Completes the file name of a clip to repaint: the request has it relative to the library, and since then the
    /// clip may have been moved to the trash or back.
    Request inLibrary(Request request) const;
    /// A clip that is made, but not saved yet.
    struct UnsavedClip {
        std::int64_t job = 0;
        audio::Clip clip;
        storage::Take facts;
    };

    void run(const storage::Job& job);
    bool save(); ///< m_unsaved; false: that failed again
    void endCancelled(std::int64_t job);
    void fail(std::int64_t job, const base::Message& error);
    /// Notes in the library how a job ended, and emits its signal. If the library cannot be written, the signal is
    /// emitted all the same, and LibraryError thrown.
    void end(std::function<void(storage::JobStore&)> note, const std::function<void()>& emitSignal);
    void noteEnd();
    QString compare(qlonglong take);

    std::filesystem::path m_folder;
    Generate m_generate;
    std::unique_ptr<storage::Library> m_library;
    std::optional<UnsavedClip> m_unsaved;
    std::function<void(storage::JobStore&)> m_note; ///< of a job's end, until it is written to the library
    std::atomic<std::int64_t> m_cancelled = noJob;  ///< since the last job was taken
    std::atomic<bool> m_stopping = false;
};

} // namespace n2m::studio
