#include "storage/Library.h"

#include "engine/base/AtomicFile.h"
#include "storage/Connection.h"
#include "storage/FileNames.h"
#include "storage/PendingFiles.h"
#include "storage/Salvage.h"
#include "storage/Schema.h"

#include <SQLiteCpp/Column.h>
#include <fmt/format.h>

#include <system_error>
#include <utility>

namespace n2m::storage {

namespace fs = std::filesystem;
using Kind = LibraryError::Kind;

namespace {

bool hasFiles(const fs::path& folder) {
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (hasSoundName(at->path())) return true;
    return false;
}

/// The log goes with its database: it must never be taken for that of another.
void renameDatabase(const fs::path& from, const fs::path& to) {
    const std::string log = from.string() + "-wal";
    std::error_code error, ignored;
    if (fs::file_size(log, error) > 0 && !error)
        fs::rename(log, to.string() + "-wal");
    else
        fs::remove(log, ignored);
    fs::remove(from.string() + "-shm", ignored); // an index of the log, made anew where it is needed
    fs::rename(from, to);
}

void refuseNewer(const fs::path& file, const std::string& shown) {
    int version = 0;
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        version = versionOf(database);
    } catch (const SQLite::Exception&) { // damaged, or not there: that is what rebuilding is for
    }
    if (version > schemaVersion && version < 1000) // more is damage
        throw LibraryError(Kind::Newer, fmt::format("{}: this library is from a later version of this program; rebuild "
                                                    "it with that one",
                                                    shown));
}

void removeDatabase(const fs::path& file) {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm"})
        fs::remove(file.string() + end, ignored);
}

} // namespace

class Library::Implementation {
public:
    explicit Implementation(const fs::path& folder)
        : m_connection(folder)
        , m_takes(m_connection)
        , m_jobs(m_connection)
        , m_prompts(m_connection)
        , m_settings(m_connection) {
        if (m_connection.readOnly()) {
            m_problems.push_back(fmt::format("{}: this library cannot be written to: it can be heard and searched, but "
                                             "not changed",
                                             m_connection.folder().string()));
            if (m_connection.ignoresLog())
                m_problems.push_back("the last changes to this library cannot be seen, as their log cannot be opened");
        } else {
            for (const std::string& line : recoverFiles(m_connection))
                m_problems.push_back(line);
            m_wantsRebuild = m_connection.isNew() && hasFiles(m_connection.folder() / clipsFolder);
            if (m_wantsRebuild)
                m_problems.push_back(fmt::format("{}: there are sound files here that the library does not know; "
                                                 "rebuild it to take them in",
                                                 m_connection.folder().string()));
        }
        m_dataVersion = m_connection.dataVersion();
    }

    Connection m_connection;
    TakeStore m_takes;
    JobStore m_jobs;
    PromptStore m_prompts;
    SettingsStore m_settings;
    std::vector<std::string> m_problems;
    bool m_wantsRebuild = false;
    std::int64_t m_dataVersion = 0;
};

Library::Library(const fs::path& folder)
    : m_implementation(std::make_unique<Implementation>(folder)) {}

Library::~Library() = default;

RebuildReport Library::rebuild(const fs::path& folder, const TakeStore::Watch& watch) {
    const std::string shown = base::printable(folder.string());
    const fs::path database = folder / Connection::databaseName, fresh = folder / "library-rebuilding.db",
                   rebuilt = folder / Connection::rebuiltName;
    try {
        Locks locks(folder / Connection::lockName);
        if (!locks.tryLock(Locks::presence))
            throw LibraryError(Kind::Busy,
                               fmt::format("{}: a program has this library open; close it, then rebuild", shown));
        refuseNewer(database, shown);
        removeDatabase(fresh); // of rebuilding that was interrupted
        RebuildReport report;
        try {
            Connection connection(folder, fresh.filename().string());
            if (fs::exists(database)) salvage(database, connection);
            report = TakeStore(connection).rebuild(watch);
        } catch (...) {
            removeDatabase(fresh);
            throw;
        }
        fs::rename(fresh, rebuilt);
        std::string time = timeOf(now());
        std::erase(time, ':');
        if (fs::exists(database)) renameDatabase(database, folder / fmt::format("library-damaged-{}.db", time));
        fs::rename(rebuilt, database); // ended before this, the next opening does it
        return report;
    } catch (const std::system_error& error) { // of the file system
        throw LibraryError(Kind::Failed, fmt::format("{}: cannot be rebuilt: {}", shown, error.code().message()));
    }
}

TakeStore& Library::takes() {
    return m_implementation->m_takes;
}

JobStore& Library::jobs() {
    return m_implementation->m_jobs;
}

PromptStore& Library::prompts() {
    return m_implementation->m_prompts;
}

SettingsStore& Library::settings() {
    return m_implementation->m_settings;
}

const fs::path& Library::folder() const {
    return m_implementation->m_connection.folder();
}

bool Library::keepsClipsIn(const fs::path& place) const {
    std::error_code ignored;
    const fs::path own = fs::weakly_canonical(folder(), ignored);
    const fs::path inside = fs::weakly_canonical(place, ignored).lexically_relative(own);
    return !inside.empty() && (*inside.begin() == clipsFolder || *inside.begin() == trashFolder);
}

bool Library::readOnly() const {
    return m_implementation->m_connection.readOnly();
}

bool Library::changedElsewhere() {
    const std::int64_t version = m_implementation->m_connection.dataVersion();
    return std::exchange(m_implementation->m_dataVersion, version) != version;
}

const std::vector<std::string>& Library::problems() const {
    return m_implementation->m_problems;
}

bool Library::wantsRebuild() const {
    return m_implementation->m_wantsRebuild;
}

std::vector<std::string> Library::check() const {
    return m_implementation->m_connection.read([](SQLite::Database& database) {
        std::vector<std::string> lines;
        try {
            SQLite::Statement rows(database, "PRAGMA integrity_check(20)");
            while (rows.executeStep())
                if (const std::string line = rows.getColumn(0).getString(); line != "ok") lines.push_back(line);
        } catch (const SQLite::Exception& error) {
            if (lines.empty()) lines.push_back(error.what()); // it got no further
        }
        return lines;
    });
}

} // namespace n2m::storage
