#pragma once

#include "storage/Job.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace n2m::storage {

class Connection;

/// The values needed to queue a clip. See Job.
struct NewJob {
    std::string request, prompt;
    std::uint64_t seed = 0;
    int variation = 1, variations = 1;
};

/// The queue of a library. Part of a Library, and on its thread. It outlives the program: waiting jobs still wait, and
/// recover() marks jobs that ran as Interrupted. Several programs may work on one queue; none takes a job that another
/// runs. All throw LibraryError. Every call is one transaction. Ids that are unknown or in the wrong state for the call
/// are passed over; the bool tells whether anything changed.
class JobStore {
public:
    explicit JobStore(Connection& connection);

    /// Returns the ids, in the order of `jobs`, which is the order they will run in.
    std::vector<std::int64_t> add(const std::vector<NewJob>& jobs, bool front = false);
    std::int64_t add(const NewJob& job, bool front = false);

    /// Changes a job, but only while it waits.
    bool edit(std::int64_t id, const NewJob& job);
    /// Puts waiting jobs, in the order given, before another waiting one; 0 = at the end.
    bool move(const std::vector<std::int64_t>& ids, std::int64_t before);

    /// Waiting, running or interrupted → Cancelled. The program that runs a job stops it itself; it learns of the
    /// cancel by state().
    bool cancel(const std::vector<std::int64_t>& ids);
    int cancelAll();
    int cancelWaiting(); ///< all but the running ones
    /// Failed, cancelled or interrupted → waiting again, at the end or the front.
    bool retry(const std::vector<std::int64_t>& ids, bool front = false);

    /// The next waiting job, marked as running by this Library; none while paused() or when nothing waits.
    std::optional<Job> next();
    void finish(std::int64_t id, std::int64_t take);
    void fail(std::int64_t id, const base::Message& error); ///< stored so that each reader can translate it

    /// Marks jobs that ran in a program that is gone as Interrupted, and returns them. For the start of a program, and
    /// harmless at any time: jobs that another program is running are left alone.
    std::vector<Job> recover();

    /// A setting of the library: a paused queue starts no job in any program, also after a restart.
    bool paused() const;
    void setPaused(bool paused);

    std::optional<Job> find(std::int64_t id) const;
    std::optional<JobState> state(std::int64_t id) const;
    /// The jobs in the order of a list: running, waiting by position, interrupted, then at most `finished` of the
    /// others, last finished first.
    std::vector<Job> list(int finished = 200) const;
    int waiting() const;
    /// Removes done, failed, cancelled and interrupted jobs from the list. Their takes stay.
    bool remove(const std::vector<std::int64_t>& ids);
    int removeFinished(); ///< done, failed and cancelled ones

private:
    Connection& m_connection;
};

} // namespace n2m::storage
