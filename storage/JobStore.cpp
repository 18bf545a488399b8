#include "storage/JobStore.h"

#include "storage/Connection.h"
#include "storage/SettingsStore.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/VariadicBind.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace n2m::storage {

namespace {

using Ids = std::vector<std::int64_t>;

constexpr const char* pausedSetting = "queue/paused";

constexpr std::array<std::pair<JobState, std::string_view>, 6> states = {{{JobState::Waiting, "waiting"},
                                                                          {JobState::Running, "running"},
                                                                          {JobState::Done, "done"},
                                                                          {JobState::Failed, "failed"},
                                                                          {JobState::Cancelled, "cancelled"},
                                                                          {JobState::Interrupted, "interrupted"}}};

JobState stateFrom(const std::string& text) {
    const auto at = std::find_if(states.begin(), states.end(), [&](const auto& state) { return state.second == text; });
    return at == states.end() ? JobState::Failed : at->first;
}

const std::string selectJobs = "SELECT id, state, position, request, prompt, seed, variation, variations, error, "
                               "created, started, finished, take FROM jobs ";

Job jobFrom(SQLite::Statement& row) {
    int column = 0;
    const auto next = [&] { return row.getColumn(column++); };
    Job job;
    job.id = next().getInt64();
    job.state = stateFrom(next().getString());
    job.position = next().getDouble();
    job.request = next().getString();
    job.prompt = next().getString();
    job.seed = static_cast<std::uint64_t>(next().getInt64());
    job.variation = next().getInt();
    job.variations = next().getInt();
    if (const std::string error = next().getString(); !error.empty()) job.error = base::Message::parse(error);
    job.created = next().getInt64();
    job.started = next().getInt64();
    job.finished = next().getInt64();
    if (const auto take = next(); !take.isNull()) job.take = take.getInt64();
    return job;
}

std::vector<Job> jobsOf(SQLite::Statement& rows) {
    std::vector<Job> jobs;
    while (rows.executeStep())
        jobs.push_back(jobFrom(rows));
    return jobs;
}

/// The first of `count` positions before all waiting jobs, or behind them.
double firstPosition(SQLite::Database& database, std::size_t count, bool front) {
    if (!front)
        return database.execAndGet("SELECT coalesce(max(position), 0) + 1 FROM jobs WHERE state = 'waiting'")
            .getDouble();
    return database.execAndGet("SELECT coalesce(min(position), 0) FROM jobs WHERE state = 'waiting'").getDouble() -
           static_cast<double>(count);
}

/// The waiting jobs in their order.
Ids waitingIds(SQLite::Database& database) {
    Ids ids;
    SQLite::Statement rows(database, "SELECT id FROM jobs WHERE state = 'waiting' ORDER BY position, id");
    while (rows.executeStep())
        ids.push_back(rows.getColumn(0).getInt64());
    return ids;
}

} // namespace

JobStore::JobStore(Connection& connection)
    : m_connection(connection) {}

Ids JobStore::add(const std::vector<NewJob>& jobs, bool front) {
    return m_connection.write([&](SQLite::Database& database) {
        Ids ids;
        double position = firstPosition(database, jobs.size(), front);
        SQLite::Statement row(database, "INSERT INTO jobs(state, position, request, prompt, seed, variation, "
                                        "variations, error, created, started, finished) "
                                        "VALUES ('waiting', ?, ?, ?, ?, ?, ?, '', ?, 0, 0)");
        for (const NewJob& job : jobs) {
            SQLite::bind(row, position++, job.request, job.prompt, static_cast<std::int64_t>(job.seed), job.variation,
                         job.variations, now());
            row.exec();
            row.reset();
            ids.push_back(database.getLastInsertRowid());
        }
        return ids;
    });
}

std::int64_t JobStore::add(const NewJob& job, bool front) {
    return add(std::vector{job}, front).front();
}

bool JobStore::edit(std::int64_t id, const NewJob& job) {
    return m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE jobs SET request = ?, prompt = ?, seed = ?, variation = ?, "
                                        "variations = ? WHERE id = ? AND state = 'waiting'");
        SQLite::bind(row, job.request, job.prompt, static_cast<std::int64_t>(job.seed), job.variation, job.variations,
                     id);
        return row.exec() > 0;
    });
}

bool JobStore::move(const Ids& ids, std::int64_t before) {
    return m_connection.write([&](SQLite::Database& database) {
        const Ids old = waitingIds(database);
        Ids moved, order;
        for (const std::int64_t id : ids)
            if (std::find(old.begin(), old.end(), id) != old.end() &&
                std::find(moved.begin(), moved.end(), id) == moved.end())
                moved.push_back(id);
        const auto isMoved = [&](std::int64_t id) { return std::find(moved.begin(), moved.end(), id) != moved.end(); };
        // A target that moves itself goes before the next one that stays.
        auto target = std::find(old.begin(), old.end(), before);
        while (target != old.end() && isMoved(*target))
            ++target;
        for (auto at = old.begin(); at != old.end(); ++at) {
            if (at == target) order.insert(order.end(), moved.begin(), moved.end());
            if (!isMoved(*at)) order.push_back(*at);
        }
        if (target == old.end()) order.insert(order.end(), moved.begin(), moved.end());
        if (moved.empty() || order == old) return false;

        // All positions change: queues are short, and positions in between would run out.
        SQLite::Statement row(database, "UPDATE jobs SET position = ? WHERE id = ?");
        for (std::size_t i = 0; i < order.size(); ++i) {
            SQLite::bind(row, static_cast<double>(i + 1), order[i]);
            row.exec();
            row.reset();
        }
        return true;
    });
}

bool JobStore::cancel(const Ids& ids) {
    const bool any = m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE jobs SET state = 'cancelled', finished = ? WHERE id = ? AND "
                                        "state IN ('waiting', 'running', 'interrupted')");
        int changed = 0;
        for (const std::int64_t id : ids) {
            SQLite::bind(row, now(), id);
            changed += row.exec();
            row.reset();
        }
        return changed > 0;
    });
    for (const std::int64_t id : ids)
        m_connection.locks().unlock(Locks::job(id)); // does nothing where another program runs it
    return any;
}

int JobStore::cancelAll() {
    Ids running;
    const int count = m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement rows(database, "SELECT id FROM jobs WHERE state = 'running'");
        while (rows.executeStep())
            running.push_back(rows.getColumn(0).getInt64());
        SQLite::Statement row(database, "UPDATE jobs SET state = 'cancelled', finished = ? WHERE state IN ('waiting', "
                                        "'running', 'interrupted')");
        row.bind(1, now());
        return row.exec();
    });
    for (const std::int64_t id : running)
        m_connection.locks().unlock(Locks::job(id));
    return count;
}

int JobStore::cancelWaiting() {
    return m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE jobs SET state = 'cancelled', finished = ? WHERE state = 'waiting'");
        row.bind(1, now());
        return row.exec();
    });
}

bool JobStore::retry(const Ids& ids, bool front) {
    return m_connection.write([&](SQLite::Database& database) {
        double position = firstPosition(database, ids.size(), front);
        SQLite::Statement row(database, "UPDATE jobs SET state = 'waiting', position = ?, error = '', started = 0, "
                                        "finished = 0, take = NULL WHERE id = ? AND "
                                        "state IN ('failed', 'cancelled', 'interrupted')");
        int changed = 0;
        for (const std::int64_t id : ids) {
            SQLite::bind(row, position++, id);
            changed += row.exec();
            row.reset();
        }
        return changed > 0;
    });
}

std::optional<Job> JobStore::next() {
    std::optional<std::int64_t> claimed;
    try {
        return m_connection.write([&](SQLite::Database& database) -> std::optional<Job> {
            if (paused()) return {};
            SQLite::Statement row(database, selectJobs + "WHERE state = 'waiting' ORDER BY position, id LIMIT 1");
            if (!row.executeStep()) return {};
            Job job = jobFrom(row);
            job.state = JobState::Running;
            job.started = now();
            SQLite::Statement update(database, "UPDATE jobs SET state = 'running', started = ? WHERE id = ?");
            SQLite::bind(update, job.started, job.id);
            update.exec();
            // Before the commit shows the state: recover() of another program looks for the lock.
            if (m_connection.locks().tryLock(Locks::job(job.id))) claimed = job.id;
            return job;
        });
    } catch (...) {
        if (claimed) m_connection.locks().unlock(Locks::job(*claimed));
        throw;
    }
}

void JobStore::finish(std::int64_t id, std::int64_t take) {
    m_connection.write([&](SQLite::Database& database) {
        // A job cancelled too late is done: its clip exists.
        SQLite::Statement row(database, "UPDATE jobs SET state = 'done', take = (SELECT id FROM takes WHERE id = ?), "
                                        "finished = ?, error = '' WHERE id = ? AND state IN ('running', 'cancelled', "
                                        "'interrupted')");
        SQLite::bind(row, take, now(), id);
        row.exec();
    });
    m_connection.locks().unlock(Locks::job(id));
}

void JobStore::fail(std::int64_t id, const base::Message& error) {
    m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "UPDATE jobs SET state = 'failed', error = ?, finished = ? WHERE id = ? AND "
                                        "state = 'running'");
        SQLite::bind(row, error.serialised(), now(), id);
        row.exec();
    });
    m_connection.locks().unlock(Locks::job(id));
}

std::vector<Job> JobStore::recover() {
    return m_connection.write([&](SQLite::Database& database) {
        std::vector<Job> jobs;
        {
            SQLite::Statement rows(database, selectJobs + "WHERE state = 'running' ORDER BY position, id");
            jobs = jobsOf(rows);
        }
        std::erase_if(jobs, [&](const Job& job) { return m_connection.locks().isHeld(Locks::job(job.id)); });
        SQLite::Statement row(database, "UPDATE jobs SET state = 'interrupted' WHERE id = ?");
        for (Job& job : jobs) {
            row.bind(1, job.id);
            row.exec();
            row.reset();
            job.state = JobState::Interrupted;
        }
        return jobs;
    });
}

bool JobStore::paused() const {
    return SettingsStore(m_connection).flag(pausedSetting);
}

void JobStore::setPaused(bool paused) {
    SettingsStore(m_connection).setFlag(pausedSetting, paused);
}

std::optional<Job> JobStore::find(std::int64_t id) const {
    return m_connection.read([&](SQLite::Database& database) -> std::optional<Job> {
        SQLite::Statement row(database, selectJobs + "WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) return {};
        return jobFrom(row);
    });
}

std::optional<JobState> JobStore::state(std::int64_t id) const {
    return m_connection.read([&](SQLite::Database& database) -> std::optional<JobState> {
        SQLite::Statement row(database, "SELECT state FROM jobs WHERE id = ?");
        row.bind(1, id);
        if (!row.executeStep()) return {};
        return stateFrom(row.getColumn(0).getString());
    });
}

std::vector<Job> JobStore::list(int finished) const {
    return m_connection.read([&](SQLite::Database& database) {
        std::vector<Job> jobs;
        for (const char* state : {"running", "waiting", "interrupted"}) {
            SQLite::Statement rows(database, selectJobs + "WHERE state = ? ORDER BY position, id");
            rows.bind(1, state);
            std::ranges::move(jobsOf(rows), std::back_inserter(jobs));
        }
        SQLite::Statement rows(database, selectJobs + "WHERE state IN ('done', 'failed', 'cancelled') "
                                                      "ORDER BY finished DESC, id DESC LIMIT ?");
        rows.bind(1, finished);
        std::ranges::move(jobsOf(rows), std::back_inserter(jobs));
        return jobs;
    });
}

int JobStore::waiting() const {
    return m_connection.read([](SQLite::Database& database) {
        return database.execAndGet("SELECT count(*) FROM jobs WHERE state = 'waiting'").getInt();
    });
}

bool JobStore::remove(const Ids& ids) {
    return m_connection.write([&](SQLite::Database& database) {
        SQLite::Statement row(database, "DELETE FROM jobs WHERE id = ? AND state NOT IN ('waiting', 'running')");
        int changed = 0;
        for (const std::int64_t id : ids) {
            row.bind(1, id);
            changed += row.exec();
            row.reset();
        }
        return changed > 0;
    });
}

int JobStore::removeFinished() {
    return m_connection.write([](SQLite::Database& database) {
        return database.exec("DELETE FROM jobs WHERE state IN ('done', 'failed', 'cancelled')");
    });
}

} // namespace n2m::storage
